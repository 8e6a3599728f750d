import type { StartRuns } from "@/db/queries/accept";
import type { NewRun, RunRow } from "@/db/queries/runs";
import { deliverWebhookHandler, onDeliverFailure } from "@/inngest/functions/deliver-webhook";
import {
  dispatchOrderEventsHandler,
  ORDER_EVENTS_STORED,
  onDispatchFailure,
} from "@/inngest/functions/dispatch-order-event";
import type { DeliveryRequested, Step } from "@/inngest/functions/step";
import { laneOfWebhook, pendingDeliveries, type RunStore, runsTable } from "./run-stores";

export type EmbeddedFunction = {
  store: RunStore;
  /** Runs of one lane that are in progress at a time. */
  laneLimit: number;
  /** Further tries after a fault of ours. */
  retries: number;
  handler: (context: { event: RunRow["event"]; step: Step }) => Promise<unknown>;
  onFailure: (failure: { event: RunRow["event"]; error: string }) => Promise<void>;
};

/** One run for the order events of a commit, at most `maxEvents`: a row for each would cost as much as its event. */
export const DISPATCH_RUNS: StartRuns = {
  function: "dispatch-order-event",
  lane: "dispatch",
  eventName: ORDER_EVENTS_STORED,
  maxEvents: 100,
};

const dispatch: EmbeddedFunction = {
  store: runsTable,
  laneLimit: 8,
  retries: 10,
  handler: ({ event, step }) => dispatchOrderEventsHandler({ eventIds: eventIds(event), step }),
  onFailure: ({ event, error }) => onDispatchFailure({ eventIds: eventIds(event), error }),
};

const deliver: EmbeddedFunction = {
  store: pendingDeliveries,
  laneLimit: 128,
  retries: 10,
  handler: ({ event, step }) =>
    deliverWebhookHandler({ event: { data: event.data as DeliveryRequested["data"] }, step }),
  onFailure: ({ event, error }) => onDeliverFailure({ deliveryId: String(event.data.delivery_id), error }),
};

export const EMBEDDED_FUNCTIONS = [dispatch, deliver];

/** The function whose runs wait in a lane. */
export function functionOfLane(lane: string): EmbeddedFunction {
  return lane === DISPATCH_RUNS.lane ? dispatch : deliver;
}

/** The run that a delivery's event starts; its id is the delivery's, which is stored already. */
export function deliveryRun({ name, data }: DeliveryRequested): NewRun {
  return {
    id: data.delivery_id,
    function: "deliver-webhook",
    lane: laneOfWebhook(data.webhook_id),
    event: { name, data },
  };
}

function eventIds(event: RunRow["event"]): string[] {
  return event.data.event_ids as string[];
}
