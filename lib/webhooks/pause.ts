import { db } from "@/db/client";
import { cancelWebhookDeliveries } from "@/db/queries/attempts";
import { countWaiting } from "@/db/queries/backlogs";
import { saveFlow } from "@/db/queries/flows";
import { saveWebhook } from "@/db/queries/webhooks";
import type { StoredPause } from "@/db/stored-pause";
import { requireRole } from "@/lib/auth/actor";
import { refuse } from "@/lib/refusals/refuse";
import { lockExisting, type OneWebhook } from "@/lib/webhooks/one-webhook";
import type { PauseInput } from "@/lib/webhooks/pause-input";
import { recordChange } from "@/lib/webhooks/record-change";

const HELD: PauseInput = { holdsOrders: true, until: null, reason: null };

/** What came of it: paused, or first a question, as so many deliveries wait now (counted up to 10,000). */
export type Paused = { isPaused: true } | { isPaused: false; waiting: number };

/**
 * Pauses a webhook and has its orders wait, unless some wait already: then a person is to say what becomes of them.
 * The caller wakes the engine. Throws forbidden below manager, and not_found.
 */
export async function pauseUnlessWaiting(input: OneWebhook): Promise<Paused> {
  requireRole(input.actor, "manager");
  const { deliveries } = await countWaiting(input.webhookId);
  if (deliveries > 0) return { isPaused: false, waiting: deliveries };
  await pauseWebhook({ ...input, pause: HELD });
  return { isPaused: true };
}

/**
 * Pauses a webhook, or changes how it is paused. While its orders are held they are matched, wait, and go out once it
 * is on again; else what is pending is cancelled and nothing is matched, as when it is switched off. Returns how many
 * were cancelled; the caller wakes the engine. Throws forbidden below manager, and not_found.
 */
export async function pauseWebhook({
  actor,
  webhookId,
  pause: { holdsOrders, until, reason },
}: OneWebhook & { pause: PauseInput }): Promise<number> {
  requireRole(actor, "manager");
  return db().transaction(async (tx) => {
    const { webhook: before, stats } = await lockExisting(tx, webhookId);
    const since = before.pause?.since ?? Date.now();
    const pause: StoredPause = { holds_orders: holdsOrders, since, until, reason, by: actor.name };
    const values = { is_active: false, deactivated_reason: null, pause };
    const webhook = await saveWebhook(tx, { id: webhookId, values });
    const changes = {
      ...(before.is_active ? { is_active: { from: true, to: false } } : {}),
      pause_holds_orders: { from: before.pause?.holds_orders ?? null, to: holdsOrders },
      ...(until === null ? {} : { pause_until: { from: null, to: new Date(until).toISOString() } }),
      ...(reason === null ? {} : { pause_reason: { from: null, to: reason } }),
    };
    await recordChange(tx, { actor, action: "webhook.pause", webhook, changes });
    if (stats?.flow) await saveFlow(tx, { webhookId, flow: null });
    if (holdsOrders) return 0;
    return cancelWebhookDeliveries(tx, { webhookId, refusal: refuse("webhook_switched_off") });
  });
}

/** How many deliveries wait for a webhook, counted up to 10,000. Throws forbidden below viewer. */
export async function countWaitingFor(input: OneWebhook): Promise<number> {
  requireRole(input.actor, "viewer");
  return (await countWaiting(input.webhookId)).deliveries;
}
