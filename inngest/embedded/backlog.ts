import { setTimeout as sleep } from "node:timers/promises";
import type { LineCursor } from "@/db/queries/pending-deliveries";
import type { FreshDelivery, LoadedDelivery } from "@/lib/deliveries/match";
import { MAX_KEPT_BODY, type Pending, readPending } from "@/lib/deliveries/pending";
import { logger } from "@/lib/logger";
import { createLane, emptyLane, type Held, hasten, hold, type Lane, release } from "./lane";

/**
 * A lane and how far the table was read into it. What memory has no room for stays in the table until its turn, and
 * whatever comes after it too.
 */
export type Backlog = Lane & {
  readTo: LineCursor;
  /** The table may hold more behind `readTo`. */
  hasMore: boolean;
  /** It may hold more before `readTo`, or something else than is in memory: it is read again from the start. */
  isStale: boolean;
  isReading: boolean;
  /** What ended since the page that is being read was asked for: the page may still show it. */
  ended: Set<string>;
  /** Whether its orders are kept in order was changed: it begins anew once nothing is under way. */
  isOutdated: boolean;
  /** Of the bodies in memory, in characters, and how much that may be. */
  keptLength: number;
  maxKept: () => number;
};

const START: LineCursor = { position: 0, id: "00000000-0000-0000-0000-000000000000" };
const PAGE = 200;
// A lane reads on while fewer than this are ready, and stops when it holds so many that wait for a later time.
const LOW_WATER = 64;
const MAX_HELD = 10_000;
const PAUSE_MS = 1_000;

export function createBacklog({
  maxKept,
  ...options
}: Pick<Backlog, "webhookId" | "onDue" | "maxKept">): Backlog {
  return {
    ...createLane(options),
    readTo: START,
    hasMore: false,
    isStale: false,
    isReading: false,
    ended: new Set(),
    isOutdated: false,
    keptLength: 0,
    maxKept,
  };
}

/** Takes in a delivery that was stored just now, unless memory is full or earlier ones are still to be read. */
export function offerFresh(backlog: Backlog, fresh: FreshDelivery): void {
  const { delivery, position, line } = fresh;
  const { id, body } = delivery;
  // A page that was read between its commit and now has it.
  if (backlog.held.has(id)) return;
  const bytes = body.length;
  const isKept = bytes <= MAX_KEPT_BODY;
  const isRoom = backlog.held.size < MAX_HELD && (!isKept || hasRoom(backlog, fresh));
  if (backlog.hasMore || backlog.isReading || !isRoom) {
    backlog.hasMore = true;
    return;
  }
  takeIn(backlog, { id, position, line, bytes, dueAt: 0, loaded: isKept ? fresh : null });
  backlog.readTo = { position, id };
}

/** What is in memory of its deliveries may no longer be true, and the table may hold earlier ones. */
export function distrust(backlog: Backlog): void {
  for (const delivery of backlog.held.values()) forgetLoaded(backlog, delivery);
  seekAll(backlog);
}

/** The table may hold more than is known. */
export function seekAll(backlog: Backlog): void {
  backlog.hasMore = true;
  backlog.isStale = true;
}

export function beginAnew(backlog: Backlog): void {
  emptyLane(backlog);
  backlog.keptLength = 0;
  backlog.isOutdated = false;
  seekAll(backlog);
}

/** What a delivery's request needs, for its one attempt; null when it has to be read. */
export function takeLoaded(backlog: Backlog, delivery: Held): LoadedDelivery | null {
  delivery.isAttempted = true;
  return forgetLoaded(backlog, delivery);
}

export function end(backlog: Backlog, delivery: Held): void {
  if (backlog.isReading) backlog.ended.add(delivery.id);
  release(backlog, delivery);
}

/** Whether the next page is to be read now. */
export function wantsPage(backlog: Backlog): boolean {
  const isLow = backlog.ready.length < LOW_WATER && backlog.held.size < MAX_HELD;
  return backlog.hasMore && !backlog.isReading && (isLow || backlog.isStale);
}

/** Reads the next page. While the database is away it waits a second. */
export async function readPage(backlog: Backlog): Promise<void> {
  const { webhookId } = backlog;
  backlog.isReading = true;
  if (backlog.isStale) backlog.readTo = START;
  backlog.isStale = false;
  backlog.hasMore = false;
  try {
    const page = await readPending({ webhookId, after: backlog.readTo, limit: PAGE });
    // Else it was distrusted meanwhile, the page with it.
    if (!backlog.isStale) takeInPage(backlog, page);
  } catch (error) {
    logger.warn({ err: error, webhookId }, "pending deliveries could not be read; trying again");
    await sleep(PAUSE_MS);
    backlog.hasMore = true;
  }
  backlog.ended.clear();
  backlog.isReading = false;
}

function takeInPage(backlog: Backlog, page: Pending[]): void {
  for (const read of page) {
    const known = backlog.held.get(read.id);
    if (known) meetAgain(backlog, known, read);
    else if (isEnough(backlog, read)) {
      backlog.hasMore = true;
      return;
    } else if (!backlog.ended.has(read.id)) takeIn(backlog, read);
    backlog.readTo = { position: read.position, id: read.id };
  }
  if (page.length === PAGE) backlog.hasMore = true;
}

// What has no room any more would have to be read by itself: it is read with those behind it when its turn is near.
function isEnough(backlog: Backlog, { loaded }: Pending): boolean {
  return loaded !== null && !hasRoom(backlog, loaded) && backlog.ready.length >= LOW_WATER;
}

function meetAgain(backlog: Backlog, known: Held, read: Pending): void {
  if (known.line !== read.line) backlog.isOutdated = true;
  if (!known.isAttempted) keepLoaded(backlog, known, read.loaded);
  hasten(backlog, known, read.dueAt);
}

// Spelt out, since spreading an object into this one takes ten times as long.
function takeIn(backlog: Backlog, read: Pending): void {
  const { id, position, line, bytes, dueAt } = read;
  const delivery: Held = { id, position, line, bytes, dueAt, loaded: null, isAttempted: false };
  keepLoaded(backlog, delivery, read.loaded);
  hold(backlog, delivery);
}

function keepLoaded(backlog: Backlog, delivery: Held, loaded: LoadedDelivery | null): void {
  if (!loaded || delivery.loaded || !hasRoom(backlog, loaded)) return;
  delivery.loaded = loaded;
  backlog.keptLength += loaded.delivery.body.length;
}

function hasRoom({ keptLength, maxKept }: Backlog, { delivery }: LoadedDelivery): boolean {
  return keptLength + delivery.body.length <= maxKept();
}

function forgetLoaded(backlog: Backlog, delivery: Held): LoadedDelivery | null {
  const { loaded } = delivery;
  if (loaded) backlog.keptLength -= loaded.delivery.body.length;
  delivery.loaded = null;
  return loaded;
}
