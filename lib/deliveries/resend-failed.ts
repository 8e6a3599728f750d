import { db } from "@/db/client";
import { type FailedFilter, failedDeliveries, insertResends } from "@/db/queries/resends";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, requireRole } from "@/lib/auth/actor";
import type { StartedDelivery } from "./match";
import { newResends, sendableWebhook } from "./resend";

const PAGE_SIZE = 500;

type ResendFailedInput = FailedFilter & { actor: Actor; webhookId: number };

/**
 * Makes a new delivery for every failed one of the webhook that the filter names; the caller starts them.
 * An event that got through since, or was resent already, is left out. Throws not_found and conflict.
 */
export async function resendFailed(input: ResendFailedInput): Promise<StartedDelivery[]> {
  requireRole(input.actor, "manager");
  const webhook = await sendableWebhook(input.webhookId);
  const started: StartedDelivery[] = [];
  let afterId: string | null = null;
  for (;;) {
    const failed = await failedDeliveries({ ...input, afterId, limit: PAGE_SIZE });
    if (failed.length === 0) break;
    afterId = failed.at(-1)?.id ?? null;
    const resends = await newResends(failed.map(({ event_id }) => ({ event_id, webhook })));
    const ids = await insertResends(db(), resends);
    for (const id of ids) started.push({ id, webhookId: webhook.id });
  }
  await recordAudit(db(), {
    actor: input.actor,
    action: "webhook.resend_failed",
    subject: { kind: "webhook", id: String(webhook.id), name: webhook.name },
    changes: { count: { from: null, to: started.length } },
  });
  return started;
}
