import { failDelivery } from "@/db/queries/attempts";
import { inngestClient } from "@/inngest/client";
import { attemptDelivery } from "@/lib/deliveries/attempt";
import { env } from "@/lib/env";
import { RETRIES } from "./retries";
import { DELIVERY_REQUESTED, type DeliveryRequestedData } from "./runs";

const MIN_SLEEP_MS = 1_000;

/** One run for each delivery: attempt, sleep, attempt again, until the delivery rules say that it is done. */
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
      for (let attemptNumber = 1; ; attemptNumber++) {
        const result = await step.run(`attempt-${attemptNumber}`, () =>
          attemptDelivery({ deliveryId, webhookId, attemptNumber }),
        );
        if (result.done) return { attempts: attemptNumber };
        if (result.delayMs > 0) {
          await step.sleep(`wait-${attemptNumber}`, Math.max(result.delayMs, MIN_SLEEP_MS));
        }
      }
    },
  );
}

function requested({ data }: { data?: unknown }): DeliveryRequestedData {
  return data as DeliveryRequestedData;
}
