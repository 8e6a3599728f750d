import { isDatabaseAway } from "@/db/faults";
import { endTurns, giveTurns } from "@/db/queries/turns";
import { depths } from "@/lib/deliveries/depth";
import { matchOrderEvent } from "@/lib/deliveries/match";
import { createGroupCommit } from "@/lib/group-commit";
import { logger } from "@/lib/logger";
import { startDeliveryRuns, startOrderEvents } from "./functions/runs";

/** An order event that is stored and not matched yet. */
type UnmatchedEvent = { id: string; name: string };

type Told = { error: unknown } | null;

/** What is late by so much has no run any more that slept until then. */
export const LATE_SECONDS = 45;
// Some megabytes, and more than a minute of what an Inngest server works off.
const MAX_WAITING = 10_000;
const MAX_BATCH = 1_000;
const PART_EVENTS = 100;

const queued = new Map<number, Promise<Told>>();
let underWay = 0;
let waiting = 0;
let leftToSweep = 0;

/**
 * Hands over to Inngest as many deliveries of a webhook as it may have runs now; what it has to send beyond that waits in
 * the tables, and the end of each run hands over more. Throws when Inngest or the database is away: then nothing is
 * handed over, and a sweep does it.
 */
export async function handOver(webhookId: number): Promise<void> {
  // Those who ask before it was begun share it.
  const asked = queued.get(webhookId) ?? give(webhookId);
  queued.set(webhookId, asked);
  underWay += 1;
  const told = await asked.finally(() => {
    underWay -= 1;
  });
  if (told) throw told.error;
}

const give = createGroupCommit<number, Told>({
  maxItems: MAX_BATCH,
  flush: async (webhookIds) => {
    for (const webhookId of webhookIds) queued.delete(webhookId);
    const told = await handOverNow({ webhookIds, lateSeconds: LATE_SECONDS }).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    return webhookIds.map(() => told);
  },
});

/** The same at once for many webhooks. Returns how many deliveries were handed over. */
export async function handOverNow(input: { webhookIds: number[]; lateSeconds: number }): Promise<number> {
  const { depthOf } = depths();
  const turns = await giveTurns({
    depths: input.webhookIds.map((webhookId) => ({ webhook_id: webhookId, depth: depthOf(webhookId) })),
    lateSeconds: input.lateSeconds,
  });
  try {
    await startDeliveryRuns(turns);
  } catch (error) {
    await endTurns(turns.map(({ id }) => id));
    throw error;
  }
  return turns.length;
}

/** `handOver` for whom nobody waits: what Inngest cannot be told of, a sweep finds in the tables. */
export function handOverSoon(webhookId: number): void {
  handOver(webhookId).catch((error) => logAway({ error, webhookId }));
}

/**
 * Matches an event that could not be matched as it was stored and hands over what it brings; what fails to be matched
 * here is handed to dispatch-order-event, which tries for longer. Nobody waits for it, and it never fails. An Inngest
 * that hangs holds up nothing here, and takes no more memory than 10,000 ids do.
 */
export function handOverUnmatched(event: UnmatchedEvent): void {
  if (waiting >= MAX_WAITING) {
    leftToSweep += 1;
    return;
  }
  waiting += 1;
  void tell(event).finally(() => {
    waiting -= 1;
  });
}

/** How many events and runs wait for Inngest to be told of something. */
export function waitingForInngest(): number {
  return waiting + underWay;
}

// What comes while Inngest is being told goes together in the next request.
const tell = createGroupCommit<UnmatchedEvent, void>({
  maxItems: MAX_BATCH,
  flush: async (events) => {
    for (let from = 0; from < events.length; from += PART_EVENTS) {
      await matchAndStart(events.slice(from, from + PART_EVENTS)).catch((error) =>
        logAway({ error, events: events.length, leftToSweep }),
      );
    }
    leftToSweep = 0;
    return events.map(() => undefined);
  },
});

// Not left to Inngest: while one event waits to be matched, all that are stored meanwhile wait behind it.
async function matchAndStart(events: UnmatchedEvent[]): Promise<void> {
  const webhookIds = new Set<number>();
  const failed: UnmatchedEvent[] = [];
  for (const event of events) {
    await matchOrderEvent(event.id).then(
      (found) => {
        for (const { webhookId } of found) webhookIds.add(webhookId);
      },
      (error) => {
        if (isDatabaseAway(error)) throw error;
        failed.push(event);
      },
    );
  }
  await Promise.all([...webhookIds].map(handOver));
  await startOrderEvents({ events: failed });
}

function logAway({ error, ...what }: { error: unknown } & Record<string, unknown>): void {
  logger.warn({ err: error, ...what }, "Inngest could not be told of what is to be sent; a sweep does it");
}
