import { rejectOrderEvents } from "@/db/queries/accept";
import { dispatchOrderEvent, storeOrderEvent } from "@/lib/deliveries/dispatch";
import { deliveryRequested, type Step } from "./step";

type Context = { event: { name: string; data: Record<string, unknown> }; step: Step };

/** The embedded engine's own event: order events that it has stored already, by id. */
export const ORDER_EVENTS_STORED = "order-events/stored";

/**
 * One run per order event: store it, match it against every active webhook, store a delivery for each match,
 * fan out.
 */
export function dispatchOrderEventHandler({ event, step }: Context): Promise<{ deliveries: number }> {
  return dispatch({ step, store: async () => [await storeOrderEvent(event)] });
}

/** The same for the embedded engine, which has stored the events as it accepted them. */
export function dispatchOrderEventsHandler(input: {
  eventIds: string[];
  step: Step;
}): Promise<{ deliveries: number }> {
  return dispatch({ step: input.step, store: async () => input.eventIds });
}

type Dispatch = { step: Step; store: () => Promise<string[]> };

async function dispatch({ step, store }: Dispatch): Promise<{ deliveries: number }> {
  const deliveries = await step.run("match", async () => {
    const eventIds = await store();
    return (await Promise.all(eventIds.map(dispatchOrderEvent))).flat();
  });
  if (deliveries.length > 0) await step.sendEvent("fan-out", deliveries.map(deliveryRequested));
  return { deliveries: deliveries.length };
}

/** After the engine's own retries: what was not matched stays, marked, where an admin sees it. */
export async function onDispatchFailure(failure: { eventIds: string[]; error: string }): Promise<void> {
  await rejectOrderEvents({
    ids: failure.eventIds,
    reason: `It could not be dispatched: ${failure.error}`,
  });
}
