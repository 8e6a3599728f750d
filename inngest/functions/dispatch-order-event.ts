import { isDatabaseAway } from "@/db/faults";
import { inngestClient } from "@/inngest/client";
import { handOver } from "@/inngest/hand-over";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { matchOrderEvent, rejectUnmatchable, type StartedDelivery } from "@/lib/deliveries/match";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";
import { RETRIES } from "./retries";

type OrderEventMessage = { data?: Record<string, unknown> };

const TRIES = 3;

/**
 * One run for each order event that is not matched yet: matches it with every active webhook and stores a delivery
 * for each match. One that was sent to Inngest itself is stored here; what the product's own intake
 * takes is matched there, and comes here only when that failed.
 */
export function dispatchOrderEvent() {
  return inngestClient().createFunction(
    {
      id: "dispatch-order-event",
      triggers: ORDER_EVENT_NAMES.map((event) => ({ event })),
      retries: RETRIES,
      // What is stored a sweep starts again; what was sent to Inngest itself may not be stored yet.
      onFailure: async ({ event }) => {
        if (storedId(event.data.event) === null) await storeOrderEvent(event.data.event);
      },
    },
    // No steps: what it does may be done again, and each step would count as an execution.
    async ({ event, attempt }) => {
      const id = storedId(event) ?? (await storeOrderEvent(event));
      const deliveries = await match({ id, tries: attempt + 1 });
      await Promise.all([...new Set(deliveries.map(({ webhookId }) => webhookId))].map(handOver));
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
