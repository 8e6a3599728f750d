import type { Db } from "@/db/client";
import type { WebhookRow } from "@/db/queries/current-webhooks";
import { insertRevision } from "@/db/queries/revisions";
import { type AuditChanges, recordAudit } from "@/lib/audit/record-audit";
import type { Actor } from "@/lib/auth/actor";
import { matchingConfig } from "@/lib/webhooks/current";

type Change = {
  actor: Actor;
  action: "webhook.create" | "webhook.update" | "webhook.pause" | "webhook.delete" | "webhook.rotate_secret";
  webhook: WebhookRow;
  changes?: AuditChanges;
};

/** Notes a change of a webhook in its own transaction: the revision that matching reads, and the audit row. */
export async function recordChange(tx: Db, { actor, action, webhook, changes }: Change): Promise<void> {
  await insertRevision(tx, {
    webhook_id: webhook.id,
    config: matchingConfig(webhook),
    is_deleted: action === "webhook.delete",
  });
  await recordAudit(tx, {
    actor,
    action,
    subject: { kind: "webhook", id: webhook.id, name: webhook.name },
    ...(changes ? { changes } : {}),
  });
}
