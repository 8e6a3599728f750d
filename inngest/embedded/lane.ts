import { isDue } from "@/lib/deliveries/due";
import type { Pending } from "@/lib/deliveries/pending";

/** A pending delivery in memory. */
export type Held = Pending & {
  /** Whether it was attempted from here: what the table said of it before counts no longer. */
  isAttempted: boolean;
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
  /** Told when a delivery has come to be due with time alone. */
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

/** Takes in, at the end of its line, a delivery that the lane does not hold. */
export function hold(lane: Lane, delivery: Held): void {
  lane.held.set(delivery.id, delivery);
  const line = lane.lines.get(delivery.line);
  if (line) line.push(delivery);
  else {
    lane.lines.set(delivery.line, [delivery]);
    awaitTurn(lane, delivery);
  }
}

/** A delivery that the lane holds may be sent at `dueAt`, if that is sooner: a person may have it sent now. */
export function hasten(lane: Lane, known: Held, dueAt: number): void {
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

/** The oldest of the deliveries that are first of their lines and due; null when there is none. */
export function oldestReady(lane: Lane): Held | null {
  let oldest: Held | null = null;
  for (const delivery of [...lane.ready, ...lane.readyLarge]) {
    if (!oldest || delivery.position < oldest.position) oldest = delivery;
  }
  return oldest;
}

/** Takes out a delivery that is ready, to be sent now. */
export function takeReady(lane: Lane, delivery: Held): void {
  const queue = queueOf(lane, delivery);
  if (queue[0] === delivery) queue.shift();
  else queue.splice(queue.indexOf(delivery), 1);
}

/** Makes ready all that is first of its line, due or not, in the order in which it came in. */
export function readyInOrder(lane: Lane): void {
  wakeDelayed(lane, Number.POSITIVE_INFINITY);
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
  const wake = () => {
    makeReady(lane, delivery);
    lane.onDue();
  };
  lane.delayed.set(delivery, setTimeout(wake, delivery.dueAt - now));
}

function makeReady(lane: Lane, delivery: Held): void {
  clearTimeout(lane.delayed.get(delivery));
  lane.delayed.delete(delivery);
  queueOf(lane, delivery).push(delivery);
}

function queueOf(lane: Lane, { bytes }: Held): Held[] {
  return bytes > LARGE_BODY_BYTES ? lane.readyLarge : lane.ready;
}
