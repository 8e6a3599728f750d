import { db } from "@/db/client";
import { saveFlow } from "@/db/queries/flows";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { isDown } from "@/lib/webhooks/health";
import { lockHeldUp } from "@/lib/webhooks/lock-held-up";

/**
 * Makes the next request of a webhook that is down or paused due at once; the caller wakes the engine. A pause that
 * the receiver asked for ends, since a person knows better. Throws forbidden below manager, not_found, and conflict
 * when nothing holds it up.
 */
export async function probeNow({ actor, webhookId }: { actor: Actor; webhookId: number }): Promise<void> {
  requireRole(actor, "manager");
  await db().transaction(async (tx) => {
    const { webhook, flow } = await lockHeldUp(tx, webhookId);
    const due = { ...flow, paused_until: null, next_probe_at: Date.now() };
    await saveFlow(tx, { webhookId, flow: isDown(flow) ? due : null });
    await recordAudit(tx, {
      actor,
      action: "webhook.probe_now",
      subject: { kind: "webhook", id: webhookId, name: webhook.name },
    });
  });
}
