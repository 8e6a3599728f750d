import { isDatabaseAway } from "@/db/faults";
import { inngestClient } from "@/inngest/client";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { matchOrderEvent, rejectUnmatchable, type StartedDelivery } from "@/lib/deliveries/match";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";
import { RETRIES } from "./retries";
import { deliveryRequested } from "./runs";

type OrderEventMessage = { data?: Record<string, unknown> };

const TRIES = 3;

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
      // What is stored a sweep starts again; what was sent to Inngest itself may not be stored yet.
      onFailure: async ({ event }) => {
        if (storedId(event.data.event) === null) await storeOrderEvent(event.data.event);
      },
    },
    async ({ event, step, attempt }) => {
      const deliveries = await step.run("match", async () => {
        const id = storedId(event) ?? (await storeOrderEvent(event));
        return match({ id, tries: attempt + 1 });
      });
      if (deliveries.length > 0)
        await step.sendEvent(
          "fan-out",
          deliveries.map((delivery) => deliveryRequested(delivery)),
        );
      return { deliveries: deliveries.length };
    },
  );
}

async function match({ id, tries }: { id: string; tries: number }): Promise<StartedDelivery[]> {
  try {
    return await matchOrderEvent(id);
  } catch (error) {
    if (isDatabaseAway(error) || tries < TRIES) throw error;
    await rejectUnmatchable({ id, error });
    return [];
  }
}

function storedId({ data }: OrderEventMessage): string | null {
  return typeof data?.order_event_id === "string" ? data.order_event_id : null;
}
