import { rejectOrderEvent } from "@/db/queries/accept";
import { dispatchOrderEvent, storeOrderEvent } from "@/lib/deliveries/dispatch";
import { deliveryRequested, type Step } from "./step";

type Context = { event: { name: string; data: Record<string, unknown> }; step: Step };

/** The embedded engine's own event: an order event that it has stored already, by id. */
export const ORDER_EVENT_STORED = "order-event/stored";

/**
 * One run per order event: match it against every active webhook, store a delivery for each match, fan out.
 * The embedded engine stores an event as it accepts it and passes its id; through Inngest it arrives whole.
 */
export async function dispatchOrderEventHandler({ event, step }: Context): Promise<{ deliveries: number }> {
  const deliveries = await step.run("match", async () => {
    const isStored = event.name === ORDER_EVENT_STORED;
    return dispatchOrderEvent(isStored ? String(event.data.event_id) : await storeOrderEvent(event));
  });
  if (deliveries.length > 0) await step.sendEvent("fan-out", deliveries.map(deliveryRequested));
  return { deliveries: deliveries.length };
}

/** After the engine's own retries: the event stays, marked, where an admin sees it. */
export async function onDispatchFailure({
  eventId,
  error,
}: {
  eventId: string;
  error: string;
}): Promise<void> {
  await rejectOrderEvent({ id: eventId, reason: `It could not be dispatched: ${error}` });
}
