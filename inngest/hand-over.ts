import { findUnsentDeliveries } from "@/db/queries/matching";
import { createGroupCommit } from "@/lib/group-commit";
import { logger } from "@/lib/logger";
import { startDeliveryRuns, startOrderEvents } from "./functions/runs";

/** An order event that is stored; where it is matched, its deliveries are stored too. */
type StoredEvent = { id: string; name: string; isMatched: boolean };

// Some megabytes, and more than a minute of what an Inngest server works off.
const MAX_WAITING = 10_000;
const MAX_BATCH = 1_000;

let waiting = 0;
let leftToSweep = 0;

/**
 * Tells Inngest of a stored event: that it is to be matched, or that its deliveries are to be sent. Nobody waits for
 * it, and it never fails: what Inngest cannot be told of, or not soon enough, a sweep finds in the tables. So an
 * Inngest that hangs holds up nothing here, and takes no more memory than 10,000 ids do.
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
  const unmatched = events.filter(({ isMatched }) => !isMatched);
  if (unmatched.length > 0) await startOrderEvents({ events: unmatched });
  const matched = events.filter(({ isMatched }) => isMatched);
  if (matched.length === 0) return;
  const unsent = await findUnsentDeliveries(matched.map(({ id }) => id));
  await startDeliveryRuns({
    deliveries: unsent.map(({ id, webhook_id }) => ({ id, webhookId: webhook_id })),
  });
}
