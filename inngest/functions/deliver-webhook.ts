import { inngestClient } from "@/inngest/client";
import { handOver } from "@/inngest/hand-over";
import { attemptInRun } from "@/lib/deliveries/attempt-run";
import { RETRIES } from "./retries";
import { DELIVERY_REQUESTED, type DeliveryRequestedData } from "./runs";

const MIN_SLEEP_MS = 1_000;

/**
 * One run for each delivery: attempt, sleep, attempt again, until the delivery rules say that it is done or waits. Each
 * attempt that ends hands over what its webhook has to send next.
 *
 * The attempt is no step: after a sleep Inngest calls the function from its beginning, and the delivery's row says
 * which attempt is next and when. So a delivery that gets through at once is one execution and one call. The function
 * has no `concurrency`: how much of a webhook Inngest is handed bounds it (lib/deliveries/depth.ts), and a key would
 * have Inngest look after each webhook's queue, which costs more than the delivery itself.
 */
export function deliverWebhook() {
  return inngestClient().createFunction(
    {
      id: "deliver-webhook",
      triggers: [{ event: DELIVERY_REQUESTED }],
      // When they are used up the delivery is still pending: a sweep starts it again.
      retries: RETRIES,
      // Inngest takes the oldest runs first, in seconds: the retries of webhooks that fail would go before all that is new.
      priority: { run: "event.data.is_failing ? 0 : 600" },
    },
    async ({ event, step }) => {
      const { delivery_id: deliveryId, webhook_id: webhookId } = requested(event);
      for (;;) {
        const result = await attemptInRun({ deliveryId, webhookId });
        if (!result.done && result.delayMs === 0) continue;
        await handOver(webhookId);
        if (result.done) return;
        const sleepMs = Math.max(result.delayMs, MIN_SLEEP_MS);
        // A step's name is used once in a run.
        await step.sleep(`until-${Date.now() + sleepMs}`, sleepMs);
      }
    },
  );
}

function requested({ data }: { data?: unknown }): DeliveryRequestedData {
  return data as DeliveryRequestedData;
}
