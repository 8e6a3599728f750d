import { db } from "@/db/client";
import { cancelWebhookDeliveries } from "@/db/queries/attempts";
import { recordAudit } from "@/lib/audit/record-audit";
import { requireRole } from "@/lib/auth/actor";
import { refuse } from "@/lib/refusals/refuse";
import { lockHeldUp, type OneWebhook } from "@/lib/webhooks/one-webhook";

/**
 * Cancels all that waits for a webhook that is held up, and returns how many deliveries that was; it stays down or
 * paused as it is. Throws forbidden below manager, not_found, and conflict when nothing holds it up.
 */
export async function cancelWaiting({ actor, webhookId }: OneWebhook): Promise<number> {
  requireRole(actor, "manager");
  return db().transaction(async (tx) => {
    const { webhook } = await lockHeldUp(tx, webhookId);
    const count = await cancelWebhookDeliveries(tx, {
      webhookId,
      refusal: refuse("waiting_cancelled"),
    });
    await recordAudit(tx, {
      actor,
      action: "webhook.cancel_waiting",
      subject: { kind: "webhook", id: webhookId, name: webhook.name },
      changes: { count: { from: null, to: count } },
    });
    return count;
  });
}
