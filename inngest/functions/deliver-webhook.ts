import { failDelivery } from "@/db/queries/attempts";
import { attemptDelivery } from "@/lib/deliveries/attempt";
import type { Step } from "./step";

type Context = { event: { data: { delivery_id: string; webhook_id: number } }; step: Step };

/** One run per delivery: attempt, sleep, attempt again, until the delivery rules say that it is done. */
export async function deliverWebhookHandler({ event, step }: Context): Promise<{ attempts: number }> {
  for (let attemptNumber = 1; ; attemptNumber++) {
    const result = await step.run(`attempt-${attemptNumber}`, () =>
      attemptDelivery({ deliveryId: event.data.delivery_id, attemptNumber }),
    );
    if (result.done) return { attempts: attemptNumber };
    await step.sleep(`wait-${attemptNumber}`, result.delayMs);
  }
}

/** After the engine's own retries: the delivery ends as failed and says why. */
export async function onDeliverFailure({
  deliveryId,
  error,
}: {
  deliveryId: string;
  error: string;
}): Promise<void> {
  await failDelivery({ id: deliveryId, reason: `The engine could not go on with it: ${error}` });
}
