import type { NewRun, RunRow } from "@/db/queries/runs";
import { deliverWebhookHandler, onDeliverFailure } from "@/inngest/functions/deliver-webhook";
import {
  dispatchOrderEventHandler,
  ORDER_EVENT_STORED,
  onDispatchFailure,
} from "@/inngest/functions/dispatch-order-event";
import type { DeliveryRequested, Step } from "@/inngest/functions/step";

export type EmbeddedFunction = {
  /** Runs of one lane that are in progress at a time. */
  laneLimit: number;
  /** Further tries after a fault of ours. */
  retries: number;
  handler: (context: { event: RunRow["event"]; step: Step }) => Promise<unknown>;
  onFailure: (failure: { event: RunRow["event"]; error: string }) => Promise<void>;
  /** The run that an event sent by this function starts. */
  startedBy: (event: DeliveryRequested) => NewRun;
};

export const DISPATCH_RUNS = {
  function: "dispatch-order-event",
  lane: "dispatch",
  eventName: ORDER_EVENT_STORED,
} as const;

/** The very handlers that Inngest serves, as the embedded engine runs them. */
export const EMBEDDED_FUNCTIONS: Record<string, EmbeddedFunction> = {
  [DISPATCH_RUNS.function]: {
    laneLimit: 400,
    retries: 10,
    handler: dispatchOrderEventHandler,
    onFailure: ({ event, error }) => onDispatchFailure({ eventId: String(event.data.event_id), error }),
    startedBy: deliveryRun,
  },
  "deliver-webhook": {
    laneLimit: 128,
    retries: 10,
    handler: ({ event, step }) =>
      deliverWebhookHandler({ event: { data: event.data as DeliveryRequested["data"] }, step }),
    onFailure: ({ event, error }) => onDeliverFailure({ deliveryId: String(event.data.delivery_id), error }),
    startedBy: deliveryRun,
  },
};

export function dispatchRun(eventId: string): NewRun {
  return {
    id: `${DISPATCH_RUNS.function}/${eventId}`,
    function: DISPATCH_RUNS.function,
    lane: DISPATCH_RUNS.lane,
    event: { name: ORDER_EVENT_STORED, data: { event_id: eventId } },
  };
}

/** Each webhook is a lane of its own, so that one that hangs holds up nobody else. */
export function deliveryRun(event: DeliveryRequested): NewRun {
  const { id, name, data } = event;
  return { id, function: "deliver-webhook", lane: `webhook-${data.webhook_id}`, event: { name, data } };
}
