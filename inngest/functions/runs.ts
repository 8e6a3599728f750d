import { inngestClient } from "@/inngest/client";
import type { StartedDelivery } from "@/lib/deliveries/match";

export const DELIVERY_REQUESTED = "webhook/delivery.requested";

/** What Inngest carries of a stored order event; it starts a run of dispatch-order-event. */
export type StoredEventData = { order_event_id: string };
export type DeliveryRequestedData = { delivery_id: string; webhook_id: number };

// What one request to Inngest's event API may hold.
const MAX_EVENTS = 5_000;

/** Asks for one delivery. Asked twice within 24 hours, and as the same attempt, it has one run. */
function deliveryRequested({ id, webhookId }: StartedDelivery, attempt?: string) {
  const data: DeliveryRequestedData = { delivery_id: id, webhook_id: webhookId };
  return { id: withAttempt(`deliver-webhook/${id}`, attempt), name: DELIVERY_REQUESTED, data };
}

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
    return { id: withAttempt(id, input.attempt), name, data };
  });
  await send(messages);
}

/** Starts a run for each delivery that is stored as pending, as `startOrderEvents` does. */
export async function startDeliveryRuns(input: {
  deliveries: StartedDelivery[];
  attempt?: string | undefined;
}): Promise<void> {
  await send(input.deliveries.map((delivery) => deliveryRequested(delivery, input.attempt)));
}

function withAttempt(id: string, attempt: string | undefined): string {
  return attempt === undefined ? id : `${id}/${attempt}`;
}

type Message = { id: string; name: string; data: Record<string, unknown> };

async function send(messages: Message[]): Promise<void> {
  for (let start = 0; start < messages.length; start += MAX_EVENTS) {
    await inngestClient().send(messages.slice(start, start + MAX_EVENTS));
  }
}
