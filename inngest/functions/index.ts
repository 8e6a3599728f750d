import { inngestClient, isInngestCloud } from "@/inngest/client";
import { wakeWebhook } from "@/inngest/send";
import { logger } from "@/lib/logger";
import { deliverWebhook } from "./deliver-webhook";
import { dispatchOrderEvent } from "./dispatch-order-event";
import { SCHEDULED_FUNCTIONS, type TurnContext } from "./scheduled";
import { sweep } from "./sweep";

const TURN_MS = 55_000;
// Inngest Cloud counts every turn as an execution: once a minute would be 43,200 a month.
const EVERY_MINUTE = "* * * * *";
const EVERY_FIVE_MINUTES = "*/5 * * * *";

/** The product's functions as Inngest serves them. */
export function inngestFunctions() {
  return [dispatchOrderEvent(), deliverWebhook(), scheduledWork()];
}

function scheduledWork() {
  return inngestClient().createFunction(
    {
      id: "scheduled-work",
      triggers: [{ cron: isInngestCloud() ? EVERY_FIVE_MINUTES : EVERY_MINUTE }],
      concurrency: 1,
      retries: 0,
    },
    () => runScheduled([{ id: "sweep-lost-deliveries", handler: sweep }, ...SCHEDULED_FUNCTIONS]),
  );
}

type Turn = { id: string; handler: (context: TurnContext) => Promise<unknown> };

/** One turn of each, one after another, the longer ones aborted after 55 s. What fails is logged and keeps back no other. */
async function runScheduled(turns: Turn[]): Promise<void> {
  const signal = AbortSignal.timeout(TURN_MS);
  for (const { id, handler } of turns) {
    await handler({ signal, wake }).catch((error: unknown) =>
      logger.error({ err: error, function: id }, "a scheduled function failed"),
    );
  }
}

async function wake(webhookIds: number[]): Promise<void> {
  for (const webhookId of webhookIds) await wakeWebhook(webhookId);
}
