import { failDelivery } from "@/db/queries/attempts";
import { inngestClient } from "@/inngest/client";
import { attemptInRun } from "@/lib/deliveries/attempt-run";
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
      retries: RETRIES,
      // Steps under way, not runs that sleep: one webhook that hangs holds up none of the others.
      concurrency: [{ key: "event.data.webhook_id", limit: env().WEBHOOK_CONCURRENCY }],
      onFailure: ({ event, error }) =>
        failDelivery({
          id: requested(event.data.event).delivery_id,
          reason: `The engine could not go on with it: ${error.message}`,
        }),
    },
    async ({ event, step }) => {
      const { delivery_id: deliveryId, webhook_id: webhookId } = requested(event);
      for (let turn = 1; ; turn++) {
        const result = await step.run(`attempt-${turn}`, () => attemptInRun({ deliveryId, webhookId }));
        if (!result.done) {
          if (result.delayMs > 0) await step.sleep(`wait-${turn}`, Math.max(result.delayMs, MIN_SLEEP_MS));
          continue;
        }
        const { start, startAs } = result;
        if (start.length > 0) {
          const messages = start.map((delivery) => deliveryRequested(delivery, startAs));
          await step.sendEvent("start-waiting", messages);
        }
        return { turns: turn };
      }
    },
  );
}

function requested({ data }: { data?: unknown }): DeliveryRequestedData {
  return data as DeliveryRequestedData;
}
