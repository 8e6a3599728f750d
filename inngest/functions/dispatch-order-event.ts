import { rejectOrderEvents } from "@/db/queries/matching";
import { inngestClient } from "@/inngest/client";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { matchOrderEvent } from "@/lib/deliveries/match";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";
import { RETRIES } from "./retries";
import { deliveryRequested } from "./runs";

type OrderEventMessage = { data?: Record<string, unknown> };

/**
 * One run for each order event: matches it with every active webhook, stores a delivery for each match, and asks for
 * these. The intake has stored the event; one that was sent to Inngest itself is stored here.
 */
export function dispatchOrderEvent() {
  return inngestClient().createFunction(
    {
      id: "dispatch-order-event",
      triggers: ORDER_EVENT_NAMES.map((event) => ({ event })),
      retries: RETRIES,
      // Both of its steps may be done again, so one report to Inngest is enough for the two.
      checkpointing: { bufferedSteps: 2 },
      onFailure: ({ event, error }) =>
        rejectOrderEvents({
          ids: [storedId(event.data.event) ?? String(event.data.event.id)],
          reason: `It could not be dispatched: ${error.message}`,
        }),
    },
    async ({ event, step }) => {
      const deliveries = await step.run("match", async () =>
        matchOrderEvent(storedId(event) ?? (await storeOrderEvent(event))),
      );
      if (deliveries.length > 0)
        await step.sendEvent(
          "fan-out",
          deliveries.map((delivery) => deliveryRequested(delivery)),
        );
      return { deliveries: deliveries.length };
    },
  );
}

function storedId({ data }: OrderEventMessage): string | null {
  return typeof data?.order_event_id === "string" ? data.order_event_id : null;
}
