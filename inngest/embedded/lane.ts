import { isDue } from "@/lib/deliveries/due";
import type { LoadedDelivery } from "@/lib/deliveries/match";

/** A pending delivery in memory. */
export type Held = {
  id: string;
  /** Its place among all of its webhook. */
  position: number;
  /** The deliveries of one line are sent one after another. */
  line: string;
  /** Of the body. */
  bytes: number;
  /** When it may be sent, in ms since 1970; 0 is at once. */
  dueAt: number;
  /** What need not be read again. */
  fresh: LoadedDelivery | null;
  /** Whether it was read ahead, or need not be; `fresh` is null where that brought nothing. */
  isFetched: boolean;
  /** How often it was attempted from here. */
  runs: number;
};

/** What one webhook still has to be sent, as far as it is in memory. */
export type Lane = {
  webhookId: number;
  held: Map<string, Held>;
  lines: Map<string, Held[]>;
  /** First of their lines and due, in the order in which they came to be so. */
  ready: Held[];
  /** As `ready`, with bodies so large that few may be in memory at once. */
  readyLarge: Held[];
  /** First of their lines and not yet due, each with the timer that makes it ready. */
  delayed: Map<Held, NodeJS.Timeout>;
  /** Told when a delivery has come to be due. */
  onDue: () => void;
};

export const LARGE_BODY_BYTES = 256 * 1024;
export function createLane({ webhookId, onDue }: Pick<Lane, "webhookId" | "onDue">): Lane {
  return {
    webhookId,
    onDue,
    held: new Map(),
    lines: new Map(),
    ready: [],
    readyLarge: [],
    delayed: new Map(),
  };
}

/** Takes a delivery in at the end of its line; of one that is held already only an earlier time counts. */
export function hold(lane: Lane, delivery: Held): void {
  const known = lane.held.get(delivery.id);
  if (known) {
    hasten(lane, known, delivery.dueAt);
    return;
  }
  lane.held.set(delivery.id, delivery);
  const line = lane.lines.get(delivery.line);
  if (line) line.push(delivery);
  else {
    lane.lines.set(delivery.line, [delivery]);
    awaitTurn(lane, delivery);
  }
}

// A person may have it sent now. Whether it may be is looked up once more before it goes out.
function hasten(lane: Lane, known: Held, dueAt: number): void {
  if (dueAt >= known.dueAt || !lane.delayed.has(known)) return;
  known.dueAt = dueAt;
  if (isDue(dueAt, Date.now())) makeReady(lane, known);
}

/** The delivery has ended: the next of its line comes first. */
export function release(lane: Lane, delivery: Held): void {
  lane.held.delete(delivery.id);
  const line = lane.lines.get(delivery.line);
  line?.shift();
  const next = line?.[0];
  if (next) awaitTurn(lane, next);
  else lane.lines.delete(delivery.line);
}

/** The delivery stays the first of its line and is not sent before `dueAt`. */
export function delay(lane: Lane, delivery: Held, dueAt: number): void {
  delivery.dueAt = dueAt;
  awaitTurn(lane, delivery);
}

/** Makes ready what has come to be due by `now`: the clock may have been set since it was put off. */
export function wakeDelayed(lane: Lane, now: number): void {
  for (const delivery of lane.delayed.keys()) if (isDue(delivery.dueAt, now)) makeReady(lane, delivery);
}

/** The oldest of the deliveries that are first of their lines and due, taken out; null when there is none. */
export function takeOldest(lane: Lane): Held | null {
  let oldest: Held | null = null;
  for (const delivery of [...lane.ready, ...lane.readyLarge]) {
    if (!oldest || delivery.position < oldest.position) oldest = delivery;
  }
  if (!oldest) return null;
  for (const queue of [lane.ready, lane.readyLarge]) {
    const index = queue.indexOf(oldest);
    if (index !== -1) queue.splice(index, 1);
  }
  return oldest;
}

/** Puts what is ready into the order in which it came in. */
export function sortReady(lane: Lane): void {
  for (const queue of [lane.ready, lane.readyLarge]) queue.sort((a, b) => a.position - b.position);
}

/** Stops the timers of a lane that is given up. */
export function closeLane(lane: Lane): void {
  for (const timer of lane.delayed.values()) clearTimeout(timer);
  lane.delayed.clear();
}

/** Forgets all that a lane holds, of which nothing may be under way. */
export function emptyLane(lane: Lane): void {
  closeLane(lane);
  lane.held.clear();
  lane.lines.clear();
  lane.ready = [];
  lane.readyLarge = [];
}

function awaitTurn(lane: Lane, delivery: Held): void {
  const now = Date.now();
  if (isDue(delivery.dueAt, now)) {
    queueOf(lane, delivery).push(delivery);
    return;
  }
  const timer = setTimeout(() => makeReady(lane, delivery), delivery.dueAt - now);
  lane.delayed.set(delivery, timer);
}

function makeReady(lane: Lane, delivery: Held): void {
  clearTimeout(lane.delayed.get(delivery));
  lane.delayed.delete(delivery);
  queueOf(lane, delivery).push(delivery);
  lane.onDue();
}

function queueOf(lane: Lane, { bytes }: Held): Held[] {
  return bytes > LARGE_BODY_BYTES ? lane.readyLarge : lane.ready;
}
