import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseAway } from "@/db/faults";
import { findFlows, findHeldWebhooks } from "@/db/queries/flows";
import {
  findPendingDeliveries,
  findStillPending,
  type LineCursor,
  listPendingWebhooks,
  type PendingDelivery,
} from "@/db/queries/pending-deliveries";
import {
  type AttemptResult,
  judgeAttempt,
  loadDeliveries,
  postponeAfterFault,
  recordSent,
  type Sent,
  sendDelivery,
  type Verdict,
} from "@/lib/deliveries/attempt";
import { dueAt } from "@/lib/deliveries/due";
import { type Flow, heldUntil } from "@/lib/deliveries/flow";
import { lineOf } from "@/lib/deliveries/line";
import type { FreshDelivery, LoadedDelivery, StoredDeliveries } from "@/lib/deliveries/match";
import { requestSlots } from "@/lib/deliveries/request-slots";
import { openWindow, slowDown, speedUp, type Window } from "@/lib/deliveries/window";
import { logger } from "@/lib/logger";
import { isDown } from "@/lib/webhooks/health";
import {
  closeLane,
  createLane,
  delay,
  emptyLane,
  type Held,
  hold,
  LARGE_BODY_BYTES,
  type Lane,
  release,
  sortReady,
  takeOldest,
  wakeDelayed,
} from "./lane";

export type Sender = {
  /** Takes deliveries that were stored just now. */
  offer: (stored: StoredDeliveries) => void;
  /** Looks in the database for what these webhooks have to be sent, and for what holds them up. */
  wake: (webhookIds: number[]) => void;
  inProgress: () => number;
  /** Begins no request any more and waits up to `graceMs` for those under way to be recorded. */
  stop: (graceMs: number) => Promise<void>;
};

/** A lane, how far its pending deliveries were read, and how it may send. */
type SendLane = Lane & {
  readTo: LineCursor;
  /** The database may hold more behind `readTo`. */
  hasMore: boolean;
  /** It may hold more before `readTo`, which is then read again from the start. */
  isStale: boolean;
  isReading: boolean;
  /** Whether its orders are kept in order was changed: it begins anew once nothing is under way. */
  isOutdated: boolean;
  requests: number;
  unrecorded: number;
  isSendingLarge: boolean;
  isFetching: boolean;
  /** How often it was woken. */
  wakes: number;
  window: Window;
  /** Until the lane may send again. */
  gate: NodeJS.Timeout | null;
};

type Judged = { sent: Sent; verdict: Verdict };

const START: LineCursor = { position: 0, id: "00000000-0000-0000-0000-000000000000" };
const PAGE = 500;
// A lane reads on while fewer than this are ready, and stops when it holds so many that wait for a later time.
const LOW_WATER = 128;
const MAX_HELD = 10_000;
// While the database is away, requests whose results wait for it are not followed by more than this, for each webhook.
const MAX_UNRECORDED = 128;
const MAX_LARGE_IN_FLIGHT = 8;
const FETCH_AHEAD = 32;
const MAX_FRESH_BODY = 16 * 1024;
const MAX_FRESH_TOTAL = 4 * 1024 * 1024;
const POLL_MS = 15_000;
const POLLS_FOR_ALL = 8;
const AWAY_PAUSE_MS = 1_000;

/**
 * Sends the pending deliveries of a database, for whoever alone may do so. Each webhook has a lane: its deliveries go
 * in the order of their line, as many at once as it has request slots, and never wait for another webhook. What is in
 * memory is known from there; the rest is read from the table, from which all begins again after a crash.
 */
export function startSender(): Sender {
  const lanes = new Map<number, SendLane>();
  const slots = requestSlots();
  /** Of the webhooks that are held up; null until they were read. */
  let flows: Map<number, Flow> | null = null;
  /** The webhooks whose orders wait for the end of a person's pause. */
  let held: ReadonlySet<number> = new Set();
  let readingFlows = Promise.resolve();
  /** Until the table was asked what it holds, a webhook may have older deliveries than those that are offered. */
  let hasLooked = false;
  let freshLength = 0;
  let largeInFlight = 0;
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
      ...createLane({ webhookId, onDue: () => pump(lane) }),
      readTo: START,
      hasMore: !hasLooked,
      isStale: !hasLooked,
      isReading: false,
      isOutdated: false,
      requests: 0,
      unrecorded: 0,
      isSendingLarge: false,
      isFetching: false,
      wakes: 0,
      window: openWindow(),
      gate: null,
    };
    // What held it up may be known from the database alone.
    if (flows?.has(webhookId)) slowDown(lane.window, { inFlight: 0, now: Date.now() });
    lanes.set(webhookId, lane);
    return lane;
  }

  function flowOf({ webhookId }: Lane): Flow {
    return flows?.get(webhookId) ?? null;
  }

  function offer({ fresh, unknownOf }: StoredDeliveries): void {
    if (isStopping) return;
    const touched = new Set<SendLane>();
    for (const delivery of fresh) {
      const lane = laneOf(delivery.delivery.webhook_id);
      touched.add(lane);
      const isCaughtUp = !lane.hasMore && !lane.isReading && lane.held.size < MAX_HELD;
      if (isCaughtUp) holdFresh(lane, delivery);
      else lane.hasMore = true;
    }
    for (const lane of touched) pump(lane);
    look(unknownOf);
  }

  function holdFresh(lane: SendLane, fresh: FreshDelivery): void {
    const { position, line } = fresh;
    const { id, body } = fresh.delivery;
    const isKept = body.length <= MAX_FRESH_BODY && freshLength + body.length <= MAX_FRESH_TOTAL;
    if (isKept) freshLength += body.length;
    hold(lane, {
      id,
      position,
      line,
      bytes: body.length,
      dueAt: 0,
      fresh: isKept ? fresh : null,
      isFetched: isKept,
      runs: 0,
    });
    lane.readTo = { position, id };
  }

  function takeFresh(delivery: Held): LoadedDelivery | null {
    const { fresh } = delivery;
    if (fresh) freshLength -= fresh.delivery.body.length;
    delivery.fresh = null;
    delivery.isFetched = false;
    return fresh;
  }

  /** Reads the next deliveries of a lane before they have slots, which are for their requests. */
  async function fetchAhead(lane: SendLane): Promise<void> {
    if (lane.isFetching) return;
    const wanted = lane.ready.slice(0, FETCH_AHEAD).filter(canBeFetched);
    if (wanted.length === 0) return;
    lane.isFetching = true;
    const { wakes } = lane;
    const runs = wanted.map((delivery) => delivery.runs);
    const loaded = await loadDeliveries(wanted.map(({ id }) => id)).catch(() => []);
    const byId = new Map(loaded.map((one) => [one.delivery.id, one]));
    for (const [index, delivery] of wanted.entries()) {
      if (delivery.runs !== runs[index] || delivery.isFetched) continue;
      if (lane.held.get(delivery.id) !== delivery) continue;
      // A person who has looked in since may have cancelled it: it is read again in its turn.
      const fresh = lane.wakes === wakes ? (byId.get(delivery.id) ?? null) : null;
      if (fresh) freshLength += fresh.delivery.body.length;
      delivery.fresh = fresh;
      delivery.isFetched = true;
    }
    lane.isFetching = false;
    pump(lane);
  }

  function wake(webhookIds: number[]): void {
    if (isStopping) return;
    // A person may have cancelled what is in memory.
    for (const webhookId of webhookIds) {
      const lane = lanes.get(webhookId);
      if (lane) lane.wakes += 1;
      for (const delivery of lane?.held.values() ?? []) takeFresh(delivery);
    }
    void readFlows().then(() => {
      look(webhookIds);
      for (const webhookId of webhookIds) void forgetEnded(laneOf(webhookId));
    });
  }

  // What was cancelled while it waited for its next attempt would keep its order waiting until then.
  async function forgetEnded(lane: SendLane): Promise<void> {
    const waiting = [...lane.delayed.keys()];
    if (waiting.length === 0) return;
    const pending = await findStillPending(waiting.map(({ id }) => id)).catch(() => null);
    if (!pending || isStopping) return;
    // In its turn each is found to have ended, and lets the next of its line through.
    for (const delivery of waiting) if (!pending.has(delivery.id)) hold(lane, { ...delivery, dueAt: 0 });
  }

  function look(webhookIds: number[]): void {
    for (const webhookId of webhookIds) {
      const lane = laneOf(webhookId);
      lane.hasMore = true;
      lane.isStale = true;
      pump(lane);
    }
  }

  function pump(lane: SendLane): void {
    if (isStopping || !flows) return;
    if (lane.isOutdated) {
      if (lane.unrecorded > 0 || lane.isReading) return;
      beginAnew(lane);
    }
    if (isOpen(lane)) {
      if (isDown(flowOf(lane))) probe(lane);
      else sendReady(lane);
    }
    const isLow = lane.ready.length < LOW_WATER && lane.held.size < MAX_HELD;
    if (lane.hasMore && !lane.isReading && (isLow || lane.isStale)) void read(lane);
    if (lane.held.size === 0 && !lane.hasMore && !lane.isReading) {
      if (lane.gate) clearTimeout(lane.gate);
      lanes.delete(lane.webhookId);
    }
  }

  function beginAnew(lane: SendLane): void {
    for (const delivery of lane.held.values()) takeFresh(delivery);
    emptyLane(lane);
    lane.isOutdated = false;
    lane.hasMore = true;
    lane.isStale = true;
  }

  /** Whether nothing holds the webhook up now; else the lane is looked at again when that is over. */
  function isOpen(lane: SendLane): boolean {
    // The end of a person's pause wakes the lane.
    if (held.has(lane.webhookId)) return false;
    const waitMs = heldUntil(flowOf(lane)) - Date.now();
    if (waitMs <= 0) return true;
    if (lane.gate) clearTimeout(lane.gate);
    lane.gate = setTimeout(() => pump(lane), waitMs);
    return false;
  }

  function sendReady(lane: SendLane): void {
    while (lane.requests < lane.window.size && lane.unrecorded < MAX_UNRECORDED) {
      const queue = startable(lane);
      if (!queue || (queue[0] && canBeFetched(queue[0])) || !slots.tryTake(lane.webhookId)) break;
      const delivery = queue.shift();
      if (delivery) void run(lane, delivery);
    }
    void fetchAhead(lane);
  }

  // One request tells whether the receiver is back, and it is for the order that has waited longest.
  function probe(lane: SendLane): void {
    const isBusy = lane.unrecorded > 0 || lane.isStale || lane.isReading;
    const hasNone = lane.ready.length + lane.readyLarge.length === 0;
    // A slot that is freed has the lane looked at again.
    if (isBusy || hasNone || !slots.tryTake(lane.webhookId)) return;
    const delivery = takeOldest(lane);
    if (delivery) void run(lane, delivery);
  }

  function startable(lane: SendLane): Held[] | null {
    if (lane.ready.length > 0) return lane.ready;
    const isRoom = !lane.isSendingLarge && largeInFlight < MAX_LARGE_IN_FLIGHT;
    return lane.readyLarge.length > 0 && isRoom ? lane.readyLarge : null;
  }

  async function run(lane: SendLane, delivery: Held): Promise<void> {
    inProgress += 1;
    delivery.runs += 1;
    lane.unrecorded += 1;
    const result = await attempt(lane, delivery);
    lane.unrecorded -= 1;
    inProgress -= 1;
    if (inProgress === 0) onIdle();
    if (result.done) release(lane, delivery);
    else delay(lane, delivery, Date.now() + result.delayMs);
    pump(lane);
  }

  async function attempt(lane: SendLane, delivery: Held): Promise<AttemptResult> {
    try {
      const made = await request(lane, delivery);
      return "verdict" in made ? await recordSent(made) : made;
    } catch (error) {
      if (!isDatabaseAway(error)) return afterFault(delivery, error);
      // Still under way meanwhile, so that few at once ask a database that is away; of a webhook that is down one.
      await sleep(AWAY_PAUSE_MS);
      return { done: false, delayMs: 0 };
    }
  }

  // A slot is for the request alone: while its result is recorded, the next one goes out, or does not by the verdict.
  async function request(lane: SendLane, delivery: Held): Promise<Judged | AttemptResult> {
    const isLarge = delivery.bytes > LARGE_BODY_BYTES;
    lane.requests += 1;
    if (isLarge) {
      lane.isSendingLarge = true;
      largeInFlight += 1;
    }
    try {
      const sent = await sendDelivery({ deliveryId: delivery.id, fresh: takeFresh(delivery) });
      if (!("exchange" in sent)) return sent;
      const verdict = judgeAttempt({ sent, flow: flowOf(lane) });
      apply({ lane, sent, verdict });
      return { sent, verdict };
    } finally {
      lane.requests -= 1;
      if (isLarge) {
        lane.isSendingLarge = false;
        largeInFlight -= 1;
        for (const other of lanes.values()) if (other.readyLarge.length > 0) pump(other);
      }
      slots.free(lane.webhookId);
    }
  }

  function apply({ lane, sent, verdict }: Judged & { lane: SendLane }): void {
    const now = verdict.at.getTime();
    if (sent.exchange.outcome.success) speedUp(lane.window, { now });
    if (!verdict.isFlowChanged) return;
    const wasHeld = heldUntil(flowOf(lane)) > now;
    const wasDown = isDown(flowOf(lane));
    flows?.set(lane.webhookId, verdict.flow);
    const isHeldNow = heldUntil(verdict.flow) > now && !wasHeld;
    if (isHeldNow) slowDown(lane.window, { inFlight: lane.requests, now });
    if (wasDown !== isDown(verdict.flow)) {
      logger.warn(
        { webhookId: lane.webhookId, reason: verdict.flow?.down_reason ?? undefined },
        wasDown ? "a webhook takes deliveries again" : "a webhook is down; its deliveries wait",
      );
      wakeDelayed(lane, Number.POSITIVE_INFINITY);
      sortReady(lane);
    }
  }

  function afterFault(delivery: Held, error: unknown): Promise<AttemptResult> {
    return postponeAfterFault({ deliveryId: delivery.id, error }).catch((again) => {
      logger.warn({ err: again }, "a delivery could not be put off; it is attempted again");
      return { done: false, delayMs: AWAY_PAUSE_MS };
    });
  }

  async function read(lane: SendLane): Promise<void> {
    lane.isReading = true;
    lane.hasMore = false;
    if (lane.isStale) lane.readTo = START;
    lane.isStale = false;
    try {
      const page = await findPendingDeliveries({
        webhookId: lane.webhookId,
        after: lane.readTo,
        limit: PAGE,
      });
      for (const delivery of page.map(toHeld)) {
        const known = lane.held.get(delivery.id);
        if (known && known.line !== delivery.line) lane.isOutdated = true;
        hold(lane, delivery);
      }
      lane.readTo = page.at(-1) ?? lane.readTo;
      if (page.length === PAGE) lane.hasMore = true;
    } catch (error) {
      logger.warn(
        { err: error, webhookId: lane.webhookId },
        "pending deliveries could not be read; trying again",
      );
      await sleep(AWAY_PAUSE_MS);
      lane.hasMore = true;
    }
    lane.isReading = false;
    pump(lane);
  }

  /** A person may have changed what holds a webhook up; while requests are under way, what they said counts. */
  function readFlows(): Promise<void> {
    // One after another, so that an answer never gives way to an older one.
    readingFlows = readingFlows.then(readFlowsNow);
    return readingFlows;
  }

  async function readFlowsNow(): Promise<void> {
    const before = new Map(flows);
    // What was answered and is not recorded yet the database does not know.
    const isUnrecorded = (lane: SendLane) => lane.unrecorded > lane.requests;
    const unrecorded = new Set([...lanes.values()].filter(isUnrecorded));
    const read = await Promise.all([findFlows(), findHeldWebhooks()]).catch((error: unknown) => {
      logger.warn({ err: error }, "what holds webhooks up could not be read");
      return null;
    });
    if (!read) return;
    const [stored, nowHeld] = read;
    const known = flows ?? new Map<number, Flow>();
    for (const webhookId of new Set([...known.keys(), ...stored.keys()])) {
      const lane = lanes.get(webhookId);
      if (lane && (unrecorded.has(lane) || isUnrecorded(lane))) continue;
      // A request that ended since the database was asked knows better.
      if (known.get(webhookId) !== before.get(webhookId)) continue;
      const flow = stored.get(webhookId) ?? null;
      if (flow) known.set(webhookId, flow);
      else known.delete(webhookId);
      if (flow && !flows && lane) slowDown(lane.window, { inFlight: 0, now: Date.now() });
    }
    flows = known;
    const resumed = [...held].filter((webhookId) => !nowHeld.has(webhookId));
    held = nowHeld;
    for (const webhookId of resumed) resume(laneOf(webhookId));
  }

  // What was held goes out as after an outage: oldest first, one at once, and one more with each success.
  function resume(lane: SendLane): void {
    slowDown(lane.window, { inFlight: 0, now: Date.now() });
    wakeDelayed(lane, Number.POSITIVE_INFINITY);
    sortReady(lane);
    look([lane.webhookId]);
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

// A larger body is read for its request alone.
function canBeFetched({ isFetched, bytes }: Held): boolean {
  return !isFetched && bytes <= MAX_FRESH_BODY;
}

function toHeld(row: PendingDelivery): Held {
  return {
    id: row.id,
    position: row.position,
    line: lineOf(row),
    bytes: row.bytes,
    dueAt: dueAt(row.next_attempt_at),
    fresh: null,
    isFetched: false,
    runs: 0,
  };
}
