import { isDatabaseAway } from "@/db/faults";
import { findUnsentDeliveries } from "@/db/queries/matching";
import { matchOrderEvent, type StartedDelivery } from "@/lib/deliveries/match";
import { createGroupCommit } from "@/lib/group-commit";
import { logger } from "@/lib/logger";
import { startDeliveryRuns, startOrderEvents } from "./functions/runs";

/** An order event that is stored; where it is matched, its deliveries are stored too. */
type StoredEvent = { id: string; name: string; isMatched: boolean };

// Some megabytes, and more than a minute of what an Inngest server works off.
const MAX_WAITING = 10_000;
const MAX_BATCH = 1_000;
const PART_EVENTS = 100;

let waiting = 0;
let leftToSweep = 0;

/**
 * Has Inngest send the deliveries of a stored event, which is matched first where it could not be as it was stored;
 * what fails to be matched here is handed to dispatch-order-event, which tries for longer. Nobody waits for it, and it
 * never fails: what Inngest cannot be told of, or not soon enough, a sweep finds in the tables. So an Inngest that
 * hangs holds up nothing here, and takes no more memory than 10,000 ids do.
 */
export function handOver(event: StoredEvent): void {
  if (waiting >= MAX_WAITING) {
    leftToSweep += 1;
    return;
  }
  waiting += 1;
  void tell(event).finally(() => {
    waiting -= 1;
  });
}

/** How many events wait for Inngest to be told of them. */
export function waitingForInngest(): number {
  return waiting;
}

// What comes while Inngest is being told goes together in the next request.
const tell = createGroupCommit<StoredEvent, void>({
  maxItems: MAX_BATCH,
  flush: async (events) => {
    await start(events).catch((error) =>
      logger.warn(
        { err: error, events: events.length, leftToSweep },
        "Inngest could not be told of order events; a sweep starts them",
      ),
    );
    leftToSweep = 0;
    return events.map(() => undefined);
  },
});

async function start(events: StoredEvent[]): Promise<void> {
  const matched = events.filter(({ isMatched }) => isMatched).map(({ id }) => id);
  if (matched.length > 0) {
    const unsent = await findUnsentDeliveries(matched);
    await startDeliveryRuns({
      deliveries: unsent.map(({ id, webhook_id }) => ({ id, webhookId: webhook_id })),
    });
  }
  const unmatched = events.filter(({ isMatched }) => !isMatched);
  for (let from = 0; from < unmatched.length; from += PART_EVENTS) {
    await matchAndStart(unmatched.slice(from, from + PART_EVENTS));
  }
}

// Not left to Inngest: while one event waits to be matched, all that are stored meanwhile wait behind it.
async function matchAndStart(events: StoredEvent[]): Promise<void> {
  const deliveries: StartedDelivery[] = [];
  const failed: StoredEvent[] = [];
  for (const event of events) {
    await matchOrderEvent(event.id).then(
      (found) => deliveries.push(...found),
      (error) => {
        if (isDatabaseAway(error)) throw error;
        failed.push(event);
      },
    );
  }
  await startDeliveryRuns({ deliveries });
  await startOrderEvents({ events: failed });
}
