import { db } from "@/db/client";
import { saveFlow } from "@/db/queries/flows";
import { makeDue } from "@/db/queries/pending-deliveries";
import { recordAudit } from "@/lib/audit/record-audit";
import { requireRole } from "@/lib/auth/actor";
import { lockHeldUp, notHeldUp, type OneWebhook } from "@/lib/webhooks/one-webhook";

/**
 * Takes away what holds a webhook up, so that all that waits goes out, also for its next attempt; the caller wakes
 * the engine. A receiver that is still away takes it down again. Throws forbidden below manager, not_found, and
 * conflict when nothing holds it up.
 */
export async function sendWaiting({ actor, webhookId }: OneWebhook): Promise<void> {
  requireRole(actor, "manager");
  await db().transaction(async (tx) => {
    const { webhook, flow } = await lockHeldUp(tx, webhookId);
    // What a person holds goes out once the webhook is on again.
    if (flow === null) throw notHeldUp(webhook);
    await saveFlow(tx, { webhookId, flow: null });
    await makeDue(tx, webhookId);
    await recordAudit(tx, {
      actor,
      action: "webhook.send_waiting",
      subject: { kind: "webhook", id: webhookId, name: webhook.name },
    });
  });
}
