import { db } from "@/db/client";
import { saveFlow } from "@/db/queries/flows";
import { makeDue } from "@/db/queries/pending-deliveries";
import { recordAudit } from "@/lib/audit/record-audit";
import { requireRole } from "@/lib/auth/actor";
import { isDown } from "@/lib/webhooks/health";
import { lockHeldUp, notHeldUp, type OneWebhook } from "@/lib/webhooks/one-webhook";

/**
 * Makes the next probe of a webhook that is down due at once; the caller wakes the engine. A pause that the receiver
 * asked for ends, since a person knows better. Throws forbidden below manager, not_found, and conflict when it is not
 * down.
 */
export async function probeNow({ actor, webhookId }: OneWebhook): Promise<void> {
  requireRole(actor, "manager");
  await db().transaction(async (tx) => {
    const { webhook, flow } = await lockHeldUp(tx, webhookId);
    if (!isDown(flow)) throw notHeldUp(webhook);
    await saveFlow(tx, { webhookId, flow: { ...flow, paused_until: null, next_probe_at: Date.now() } });
    await makeDue(tx, webhookId);
    await recordAudit(tx, {
      actor,
      action: "webhook.probe_now",
      subject: { kind: "webhook", id: webhookId, name: webhook.name },
    });
  });
}
