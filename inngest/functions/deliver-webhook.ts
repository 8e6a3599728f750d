import { inngestClient } from "@/inngest/client";
import { attemptInRun, findWaiting, type Waiting } from "@/lib/deliveries/attempt-run";
import { env } from "@/lib/env";
import { RETRIES } from "./retries";
import { DELIVERY_REQUESTED, type DeliveryRequestedData, deliveryRequested } from "./runs";

const MIN_SLEEP_MS = 1_000;

/** One run for each delivery: attempt, sleep, attempt again, until the delivery rules say that it is done or waits. */
export function deliverWebhook() {
  return inngestClient().createFunction(
    {
      id: "deliver-webhook",
      triggers: [{ event: DELIVERY_REQUESTED }],
      // When they are used up the delivery is still pending: a sweep starts it again.
      retries: RETRIES,
      // Steps under way, not runs that sleep: one webhook that hangs holds up none of the others.
      concurrency: [{ key: "event.data.webhook_id", limit: env().WEBHOOK_CONCURRENCY }],
    },
    async ({ event, step }) => {
      const { delivery_id: deliveryId, webhook_id: webhookId } = requested(event);
      for (let turn = 1; ; turn++) {
        const result = await step.run(`attempt-${turn}`, () => attemptInRun({ deliveryId, webhookId }));
        if (!result.done) {
          if (result.delayMs > 0) await step.sleep(`wait-${turn}`, Math.max(result.delayMs, MIN_SLEEP_MS));
          continue;
        }
        const { startAs } = result;
        let waiting: Waiting | null = result;
        for (let page = 1; waiting; page++) {
          const { start, after }: Waiting = waiting;
          const messages = start.map((delivery) => deliveryRequested(delivery, startAs));
          if (messages.length > 0) await step.sendEvent(`start-waiting-${page}`, messages);
          waiting = after
            ? await step.run(`waiting-${page + 1}`, () => findWaiting({ webhookId, after }))
            : null;
        }
        return { turns: turn };
      }
    },
  );
}

function requested({ data }: { data?: unknown }): DeliveryRequestedData {
  return data as DeliveryRequestedData;
}
