import type { GetStepTools, Inngest } from "inngest";
import { inngestClient } from "@/inngest/client";
import type { StartedDelivery } from "@/lib/deliveries/dispatch";
import { env } from "@/lib/env";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";
import { deliverWebhookHandler, onDeliverFailure } from "./deliver-webhook";
import { dispatchOrderEventHandler, onDispatchFailure } from "./dispatch-order-event";
import { SCHEDULED_FUNCTIONS, type ScheduledFunction } from "./scheduled";
import { DELIVERY_REQUESTED, type DeliveryRequested, deliveryRequested, type Step } from "./step";

// For faults of ours, the database being away for one. Ten span about an hour and a half, as the pauses double.
const RETRIES = 10;
const TURN_MS = 55_000;
const MIN_SLEEP_MS = 1_000;

/** The product's functions as Inngest serves them: the very handlers that the embedded engine runs. */
export function inngestFunctions() {
  return [dispatchOrderEvent(), deliverWebhook(), ...SCHEDULED_FUNCTIONS.map(scheduledFunction)];
}

function dispatchOrderEvent() {
  return inngestClient().createFunction(
    {
      id: "dispatch-order-event",
      triggers: ORDER_EVENT_NAMES.map((event) => ({ event })),
      retries: RETRIES,
      // Both of its steps may be done again, so one report to Inngest is enough for the two.
      checkpointing: { bufferedSteps: 2 },
      onFailure: ({ event, error }) =>
        onDispatchFailure({ eventIds: [String(event.data.event.id)], error: error.message }),
    },
    ({ event, step }) => dispatchOrderEventHandler({ event, step: stepOf(step) }),
  );
}

function deliverWebhook() {
  return inngestClient().createFunction(
    {
      id: "deliver-webhook",
      triggers: [{ event: DELIVERY_REQUESTED }],
      retries: RETRIES,
      // Steps under way, not runs that sleep: one webhook that hangs holds up none of the others.
      concurrency: [{ key: "event.data.webhook_id", limit: env().WEBHOOK_CONCURRENCY }],
      onFailure: ({ event, error }) => {
        const { delivery_id } = event.data.event.data as DeliveryRequested["data"];
        return onDeliverFailure({ deliveryId: delivery_id, error: error.message });
      },
    },
    ({ event, step }) =>
      deliverWebhookHandler({ event: { data: event.data as DeliveryRequested["data"] }, step: stepOf(step) }),
  );
}

function scheduledFunction({ id, cron, handler }: ScheduledFunction) {
  return inngestClient().createFunction(
    { id, triggers: [{ cron }], concurrency: 1, retries: 0 },
    ({ step }) =>
      step.run("turn", async () => {
        await handler({
          startDeliveries: startAgain,
          signal: AbortSignal.timeout(TURN_MS),
        });
      }),
  );
}

// Inngest ignores an id that it had in the last 24 hours. What is started again, at most once an hour, is new.
async function startAgain(deliveries: StartedDelivery[]): Promise<void> {
  const hour = new Date().toISOString().slice(0, 13);
  const events = deliveries.map(deliveryRequested);
  await inngestClient().send(events.map((event) => ({ ...event, id: `${event.id}/${hour}` })));
}

function stepOf(step: GetStepTools<Inngest>): Step {
  return {
    // What our steps return is JSON already, so it comes back as it went.
    run: <T>(id: string, fn: () => Promise<T>) => step.run(id, fn) as Promise<T>,
    sleep: async (id, ms) => {
      if (ms > 0) await step.sleep(id, Math.max(ms, MIN_SLEEP_MS));
    },
    sendEvent: (id, events) => step.sendEvent(id, events),
  };
}
