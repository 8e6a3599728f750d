import { inngestClient } from "@/inngest/client";
import { wakeWebhook } from "@/inngest/send";
import { deliverWebhook } from "./deliver-webhook";
import { dispatchOrderEvent } from "./dispatch-order-event";
import { SCHEDULED_FUNCTIONS, type ScheduledFunction } from "./scheduled";
import { sweep } from "./sweep";

const TURN_MS = 55_000;

/** The product's functions as Inngest serves them. */
export function inngestFunctions() {
  const scheduled = [
    ...SCHEDULED_FUNCTIONS,
    { id: "sweep-lost-deliveries", cron: "* * * * *", handler: sweep },
  ];
  return [dispatchOrderEvent(), deliverWebhook(), ...scheduled.map(scheduledFunction)];
}

function scheduledFunction({ id, cron, handler }: Pick<ScheduledFunction, "id" | "cron" | "handler">) {
  return inngestClient().createFunction(
    { id, triggers: [{ cron }], concurrency: 1, retries: 0 },
    ({ step }) =>
      step.run("turn", async () => {
        await handler({ signal: AbortSignal.timeout(TURN_MS), wake });
      }),
  );
}

async function wake(webhookIds: number[]): Promise<void> {
  for (const webhookId of webhookIds) await wakeWebhook(webhookId);
}
