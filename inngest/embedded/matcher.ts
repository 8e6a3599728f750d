import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseAway } from "@/db/faults";
import { findUnmatchedEvents } from "@/db/queries/matching";
import {
  type AcceptedEvent,
  matchStored,
  readAcceptedEvents,
  rejectUnmatchable,
  type StoredDeliveries,
} from "@/lib/deliveries/match";
import { logger } from "@/lib/logger";

export type Matcher = {
  /** Takes events that were stored unmatched just now. */
  offer: (events: AcceptedEvent[]) => void;
  /** Looks in the database for unmatched events that another process has stored. */
  wake: () => void;
  /** Nothing waits to be matched, as far as this process knows: false until it has looked. */
  isIdle: () => boolean;
  stop: () => Promise<void>;
};

const BATCH_EVENTS = 100;
const BATCH_BYTES = 4 * 1024 * 1024;
const MAX_QUEUED_LENGTH = 4 * 1024 * 1024;
const POLL_MS = 15_000;
const AWAY_PAUSE_MS = 1_000;
const TRIES = 3;

/**
 * Matches stored order events with the webhooks, in the order in which they were accepted, for whoever alone may do
 * so. `onStored` is told of the deliveries as they are committed.
 */
export function startMatcher({ onStored }: { onStored: (stored: StoredDeliveries) => void }): Matcher {
  let queue: AcceptedEvent[] = [];
  let queuedLength = 0;
  // The database may hold unmatched events that the queue does not. True at first: a crash may have left some.
  let hasMore = true;
  let isStopping = false;
  let running: Promise<void> | null = null;

  function offer(events: AcceptedEvent[]): void {
    if (events.length === 0) return;
    for (const event of events) {
      // Behind what has to be read they would lose their turn, and so would those behind them.
      if (hasMore || queuedLength + event.length > MAX_QUEUED_LENGTH) hasMore = true;
      else {
        queue.push(event);
        queuedLength += event.length;
      }
    }
    start();
  }

  function wake(): void {
    hasMore = true;
    start();
  }

  function start(): void {
    if (isStopping || running) return;
    running = work().finally(() => {
      running = null;
      if (hasMore || queue.length > 0) start();
    });
  }

  async function work(): Promise<void> {
    while (!isStopping) {
      try {
        const events = await nextEvents();
        if (events.length === 0) return;
        await match(events);
      } catch (error) {
        logger.warn({ err: error }, "order events could not be matched now; trying again");
        // What of the queue was matched is not known: the database knows.
        queue = [];
        queuedLength = 0;
        hasMore = true;
        await sleep(AWAY_PAUSE_MS);
      }
    }
  }

  async function nextEvents(): Promise<AcceptedEvent[]> {
    if (queue.length > 0) {
      const events = queue.splice(0, BATCH_EVENTS);
      queuedLength -= events.reduce((sum, { length }) => sum + length, 0);
      return events;
    }
    if (!hasMore) return [];
    hasMore = false;
    const found = await findUnmatchedEvents({ limit: BATCH_EVENTS, maxBytes: BATCH_BYTES });
    // Fewer than asked for may also mean that they were large.
    if (found.length > 0) hasMore = true;
    return readAcceptedEvents(found);
  }

  async function match(events: AcceptedEvent[]): Promise<void> {
    try {
      await matchStored({ events, onStored });
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      // One of them may be to blame: the others must not wait for it.
      for (const event of events) await matchAlone(event);
    }
  }

  async function matchAlone(event: AcceptedEvent): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await matchStored({ events: [event], onStored });
      } catch (error) {
        if (isDatabaseAway(error)) throw error;
        logger.error({ err: error, eventId: event.id, tries }, "an order event could not be matched");
        if (tries === TRIES) return rejectUnmatchable({ id: event.id, error });
      }
    }
  }

  start();
  const polling = setInterval(wake, POLL_MS);
  return {
    offer,
    wake,
    isIdle: () => !hasMore && queue.length === 0 && running === null,
    stop: async () => {
      isStopping = true;
      clearInterval(polling);
      await running;
    },
  };
}
