import { db } from "@/db/client";
import { cancelWebhookDeliveries } from "@/db/queries/attempts";
import { findWebhook, markWebhookGone } from "@/db/queries/current-webhooks";
import { saveFlow } from "@/db/queries/flows";
import { insertRevision } from "@/db/queries/revisions";
import { recordAudit } from "@/lib/audit/record-audit";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { refusalText } from "@/lib/refusals/refusal-text";
import { refuse } from "@/lib/refusals/refuse";
import { matchingConfig } from "@/lib/webhooks/current";

const GONE_REASON = refusalText(refuse("gone"));

/** Switches off a webhook whose receiver answered 410 and cancels what it had pending (delivery rules). */
export async function deactivateGone({ webhookId }: { webhookId: number }): Promise<void> {
  await db().transaction(async (tx) => {
    if (!(await markWebhookGone(tx, { webhookId, reason: GONE_REASON }))) return;
    const webhook = await findWebhook(webhookId, tx);
    if (!webhook) return;
    await insertRevision(tx, { webhook_id: webhookId, config: matchingConfig(webhook), is_deleted: false });
    await saveFlow(tx, { webhookId, flow: null });
    await cancelWebhookDeliveries(tx, { webhookId, refusal: refuse("webhook_switched_off_gone") });
    await recordAudit(tx, {
      actor: SYSTEM_ACTOR,
      action: "webhook.deactivate",
      subject: { kind: "webhook", id: String(webhookId), name: webhook.name },
      changes: { is_active: { from: true, to: false }, deactivated_reason: { from: null, to: GONE_REASON } },
    });
  });
}
