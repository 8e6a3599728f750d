import type { Turn } from "@/db/queries/turns";
import { inngestClient } from "@/inngest/client";

export const DELIVERY_REQUESTED = "webhook/delivery.requested";

/** What Inngest carries of a stored order event; it starts a run of dispatch-order-event. */
export type StoredEventData = { order_event_id: string };
export type DeliveryRequestedData = { delivery_id: string; webhook_id: number; is_failing: boolean };

// What one request to Inngest's event API may hold.
const MAX_EVENTS = 5_000;
// Inngest starts no run before the time of its event, and the SDK takes that from this clock: one that is ahead of
// Inngest's, by hours where its zone is wrong, would put every run off.
const EARLIER_MS = 24 * 3_600_000;

/**
 * Starts a run for each stored order event. Inngest starts one once for each `id` and `attempt` in 24 hours. Throws
 * when Inngest is away.
 */
export async function startOrderEvents(input: {
  events: { id: string; name: string }[];
  attempt?: string | undefined;
}): Promise<void> {
  const messages = input.events.map(({ id, name }) => {
    const data: StoredEventData = { order_event_id: id };
    return { id: input.attempt === undefined ? id : `${id}/${input.attempt}`, name, data };
  });
  await send(messages);
}

/** Starts a run for each turn of a delivery, once in 24 hours however often it is asked for. Throws when Inngest is away. */
export async function startDeliveryRuns(turns: Turn[]): Promise<void> {
  const messages = turns.map(({ id, webhook_id, run_until, is_failing }) => {
    const data: DeliveryRequestedData = { delivery_id: id, webhook_id, is_failing };
    return { id: `deliver-webhook/${id}/${run_until}`, name: DELIVERY_REQUESTED, data };
  });
  await send(messages);
}

type Message = { id: string; name: string; data: Record<string, unknown> };

async function send(messages: Message[]): Promise<void> {
  const ts = Date.now() - EARLIER_MS;
  for (let start = 0; start < messages.length; start += MAX_EVENTS) {
    const part = messages.slice(start, start + MAX_EVENTS);
    await inngestClient().send(part.map((message) => ({ ...message, ts })));
  }
}
