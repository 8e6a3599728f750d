import { setTimeout as sleep } from "node:timers/promises";
import { findStillPending, listPendingWebhooks } from "@/db/queries/pending-deliveries";
import type { StoredDeliveries } from "@/lib/deliveries/match";
import { requestSlots } from "@/lib/deliveries/request-slots";
import { openWindow, slowDown } from "@/lib/deliveries/window";
import { logger } from "@/lib/logger";
import { isDown } from "@/lib/webhooks/health";
import { attemptInLane, type LaneInUse } from "./attempt-in-lane";
import { beginAnew, createBacklog, distrust, end, offerFresh, readPage, seekAll, wantsPage } from "./backlog";
import { createFlows } from "./flows";
import {
  closeLane,
  delay,
  type Held,
  hasten,
  LARGE_BODY_BYTES,
  oldestReady,
  readyInOrder,
  takeReady,
  wakeDelayed,
} from "./lane";
import { createLargeBodies } from "./large-bodies";

export type Sender = {
  /** Takes deliveries that were stored just now. */
  offer: (stored: StoredDeliveries) => void;
  /** Looks in the database for what these webhooks have to be sent, and for what holds them up. */
  wake: (webhookIds: number[]) => void;
  inProgress: () => number;
  /** Begins no request any more and waits up to `graceMs` for those under way to be recorded. */
  stop: (graceMs: number) => Promise<void>;
};

type SendLane = LaneInUse & {
  /** Until the lane may send again. */
  gate: NodeJS.Timeout | null;
};

// While the database is away, requests whose results wait for it are not followed by more than this, for each webhook.
const MAX_UNRECORDED = 128;
// In characters of bodies in memory, shared by the webhooks that have something to send: what waits for one that hangs
// must not take the place of what the others send at once.
const MAX_KEPT = 4 * 1024 * 1024;
const MIN_SHARE = 64 * 1024;
const POLL_MS = 15_000;
const POLLS_FOR_ALL = 8;

/**
 * Sends the pending deliveries of a database, for whoever alone may do so. Each webhook has a lane: its deliveries go
 * in the order of their line, as many at once as it has request slots, and never wait for another webhook. What is in
 * memory is known from there; the rest is read from the table, from which all begins again after a crash.
 */
export function startSender(): Sender {
  const lanes = new Map<number, SendLane>();
  const slots = requestSlots();
  const largeBodies = createLargeBodies();
  // What was answered and is not recorded yet the database does not know.
  const flows = createFlows({
    isUnrecorded: (webhookId) => {
      const lane = lanes.get(webhookId);
      return lane !== undefined && lane.unrecorded > lane.requests;
    },
  });
  /** Until the table was asked what it holds, a webhook may have older deliveries than those that are offered. */
  let hasLooked = false;
  let inProgress = 0;
  let polls = 0;
  let isStopping = false;
  let onIdle = () => {};

  slots.onFree((webhookId) => {
    const lane = lanes.get(webhookId);
    if (lane) pump(lane);
  });

  function laneOf(webhookId: number): SendLane {
    const known = lanes.get(webhookId);
    if (known) return known;
    const lane: SendLane = {
      ...createBacklog({ webhookId, onDue: () => pump(lane), maxKept: shareOfKept }),
      requests: 0,
      unrecorded: 0,
      window: openWindow(),
      gate: null,
    };
    if (!hasLooked) seekAll(lane);
    beginSlowly(lane);
    lanes.set(webhookId, lane);
    return lane;
  }

  // What holds it up may be known from the database alone.
  function beginSlowly({ webhookId, window }: SendLane): void {
    if (flows.of(webhookId) && window.slowedAt === 0) slowDown(window, { inFlight: 0, now: Date.now() });
  }

  function shareOfKept(): number {
    return Math.max(MAX_KEPT / lanes.size, MIN_SHARE);
  }

  function offer({ fresh, unknownOf }: StoredDeliveries): void {
    if (isStopping) return;
    const touched = new Set<SendLane>();
    for (const delivery of fresh) {
      const lane = laneOf(delivery.delivery.webhook_id);
      touched.add(lane);
      offerFresh(lane, delivery);
    }
    for (const lane of touched) pump(lane);
    look(unknownOf);
  }

  function wake(webhookIds: number[]): void {
    if (isStopping) return;
    // A person may have cancelled what is in memory.
    for (const webhookId of webhookIds) distrust(laneOf(webhookId));
    void readFlows().then(() => {
      for (const lane of webhookIds.map(laneOf)) {
        pump(lane);
        void forgetEnded(lane);
      }
    });
  }

  // What was cancelled while it waited for its next attempt would keep its order waiting until then.
  async function forgetEnded(lane: SendLane): Promise<void> {
    const waiting = [...lane.delayed.keys()];
    if (waiting.length === 0) return;
    const pending = await findStillPending(waiting.map(({ id }) => id)).catch(() => null);
    if (!pending || isStopping) return;
    // In its turn each is found to have ended, and lets the next of its line through.
    for (const delivery of waiting) if (!pending.has(delivery.id)) hasten(lane, delivery, 0);
    pump(lane);
  }

  function look(webhookIds: number[]): void {
    for (const webhookId of webhookIds) {
      const lane = laneOf(webhookId);
      seekAll(lane);
      pump(lane);
    }
  }

  function pump(lane: SendLane): void {
    if (isStopping || !flows.isKnown()) return;
    if (lane.isOutdated) {
      if (lane.unrecorded > 0 || lane.isReading) return;
      beginAnew(lane);
    }
    if (isOpen(lane)) {
      if (isDown(flows.of(lane.webhookId))) probe(lane);
      else sendReady(lane);
    }
    if (wantsPage(lane)) void readPage(lane).then(() => pump(lane));
    else if (lane.held.size === 0 && !lane.hasMore && !lane.isReading) {
      if (lane.gate) clearTimeout(lane.gate);
      lanes.delete(lane.webhookId);
    }
  }

  /** Whether nothing holds the webhook up now; else the lane is looked at again when that is over. */
  function isOpen(lane: SendLane): boolean {
    const waitMs = flows.closedUntil(lane.webhookId) - Date.now();
    if (waitMs <= 0) return true;
    if (lane.gate) clearTimeout(lane.gate);
    // The end of a person's pause wakes the lane.
    lane.gate = Number.isFinite(waitMs) ? setTimeout(() => pump(lane), waitMs) : null;
    return false;
  }

  function sendReady(lane: SendLane): void {
    while (lane.requests < lane.window.size && lane.unrecorded < MAX_UNRECORDED) {
      const delivery = lane.ready[0] ?? lane.readyLarge[0];
      if (!delivery || !start(lane, delivery)) return;
    }
  }

  // One request tells whether the receiver is back, and it is for the order that has waited longest.
  function probe(lane: SendLane): void {
    if (lane.unrecorded > 0 || lane.isStale || lane.isReading) return;
    const delivery = oldestReady(lane);
    if (delivery) start(lane, delivery);
  }

  /** Begins an attempt if there is room for its request. */
  function start(lane: SendLane, delivery: Held): boolean {
    const { webhookId } = lane;
    const isLarge = delivery.bytes > LARGE_BODY_BYTES;
    if (isLarge && !largeBodies.tryTake(webhookId)) return false;
    if (!slots.tryTake(webhookId)) {
      if (isLarge) largeBodies.free(webhookId);
      return false;
    }
    takeReady(lane, delivery);
    void run(lane, delivery, () => {
      if (isLarge) freeLarge(webhookId);
      slots.free(webhookId);
    });
    return true;
  }

  function freeLarge(webhookId: number): void {
    largeBodies.free(webhookId);
    for (const lane of lanes.values()) if (lane.readyLarge.length > 0) pump(lane);
  }

  async function run(lane: SendLane, delivery: Held, onAnswered: () => void): Promise<void> {
    inProgress += 1;
    lane.unrecorded += 1;
    const result = await attemptInLane({ lane, delivery, flows, onAnswered });
    lane.unrecorded -= 1;
    inProgress -= 1;
    if (inProgress === 0) onIdle();
    if (result.done) end(lane, delivery);
    else delay(lane, delivery, Date.now() + result.delayMs);
    pump(lane);
  }

  /** A person may have changed what holds a webhook up. */
  async function readFlows(): Promise<void> {
    const isFirst = !flows.isKnown();
    const letGo = await flows.read();
    if (isFirst) for (const lane of lanes.values()) beginSlowly(lane);
    // What was held goes out as after an outage: oldest first, one at once, and one more with each success.
    for (const lane of letGo.map(laneOf)) {
      slowDown(lane.window, { inFlight: 0, now: Date.now() });
      readyInOrder(lane);
      look([lane.webhookId]);
    }
  }

  // Finds what a crash left, what a notification missed, and what a jump of the clock made due. A lane at work is
  // looked at less often: what it holds would all be read again.
  async function poll(): Promise<void> {
    const now = Date.now();
    for (const lane of lanes.values()) wakeDelayed(lane, now);
    await readFlows();
    // A clock that was set ahead ends pauses.
    for (const lane of lanes.values()) pump(lane);
    const isForAll = polls % POLLS_FOR_ALL === 0;
    polls += 1;
    try {
      const pending = await listPendingWebhooks();
      look(pending.filter((webhookId) => isForAll || !lanes.has(webhookId)));
      hasLooked = true;
    } catch (error) {
      logger.warn({ err: error }, "the webhooks with pending deliveries could not be read");
    }
  }
  void poll();
  const polling = setInterval(() => void poll(), POLL_MS);

  async function stop(graceMs: number): Promise<void> {
    isStopping = true;
    slots.onFree(null);
    clearInterval(polling);
    for (const lane of lanes.values()) {
      closeLane(lane);
      if (lane.gate) clearTimeout(lane.gate);
    }
    if (inProgress === 0) return;
    const idle = new Promise<void>((resolve) => {
      onIdle = resolve;
    });
    await Promise.race([idle, sleep(graceMs, undefined, { ref: false })]);
  }

  return { offer, wake, inProgress: () => inProgress, stop };
}
