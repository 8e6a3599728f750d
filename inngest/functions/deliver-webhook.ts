import { inngestClient } from "@/inngest/client";
import { attemptInRun, findWaiting, type RunResult, type Waiting } from "@/lib/deliveries/attempt-run";
import { env } from "@/lib/env";
import { RETRIES } from "./retries";
import { DELIVERY_REQUESTED, type DeliveryRequestedData, startDeliveryRuns } from "./runs";

const MIN_SLEEP_MS = 1_000;

/**
 * One run for each delivery: attempt, sleep, attempt again, until the delivery rules say that it is done or waits.
 *
 * The attempt is no step: after a sleep Inngest calls the function from its beginning, and the delivery's row says
 * which attempt is next and when. So a delivery that gets through at once is one execution and one call.
 */
export function deliverWebhook() {
  return inngestClient().createFunction(
    {
      id: "deliver-webhook",
      triggers: [{ event: DELIVERY_REQUESTED }],
      // When they are used up the delivery is still pending: a sweep starts it again.
      retries: RETRIES,
      // Attempts under way, not runs that sleep: one webhook that hangs holds up none of the others.
      concurrency: [{ key: "event.data.webhook_id", limit: env().WEBHOOK_CONCURRENCY }],
    },
    async ({ event, step }) => {
      const { delivery_id: deliveryId, webhook_id: webhookId } = requested(event);
      let result: RunResult = await attemptInRun({ deliveryId, webhookId });
      while (!result.done) {
        const sleepMs = result.delayMs > 0 ? Math.max(result.delayMs, MIN_SLEEP_MS) : 0;
        // A step's name is used once in a run.
        if (sleepMs > 0) await step.sleep(`until-${Date.now() + sleepMs}`, sleepMs);
        result = await attemptInRun({ deliveryId, webhookId });
      }
      await startWaiting({ webhookId, result });
    },
  );
}

async function startWaiting({ webhookId, result }: { webhookId: number; result: Waiting }): Promise<void> {
  let waiting: Waiting | null = result;
  while (waiting) {
    const { start, after }: Waiting = waiting;
    await startDeliveryRuns({ deliveries: start, attempt: result.startAs });
    waiting = after ? await findWaiting({ webhookId, after }) : null;
  }
}

function requested({ data }: { data?: unknown }): DeliveryRequestedData {
  return data as DeliveryRequestedData;
}
