import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseAway } from "@/db/faults";
import {
  findPendingDeliveries,
  type LineCursor,
  listPendingWebhooks,
  type PendingDelivery,
} from "@/db/queries/pending-deliveries";
import { type AttemptResult, postponeAfterFault, recordSent, sendDelivery } from "@/lib/deliveries/attempt";
import { lineOf } from "@/lib/deliveries/line";
import type { FreshDelivery, StoredDeliveries } from "@/lib/deliveries/match";
import { requestSlots } from "@/lib/deliveries/request-slots";
import { logger } from "@/lib/logger";
import {
  closeLane,
  createLane,
  delay,
  type Held,
  hold,
  LARGE_BODY_BYTES,
  type Lane,
  release,
  wakeDelayed,
} from "./lane";

export type Sender = {
  /** Takes deliveries that were stored just now. */
  offer: (stored: StoredDeliveries) => void;
  /** Looks in the database for what these webhooks have to be sent. */
  wake: (webhookIds: number[]) => void;
  inProgress: () => number;
  /** Begins no request any more and waits up to `graceMs` for those under way to be recorded. */
  stop: (graceMs: number) => Promise<void>;
};

/** A lane and how far its pending deliveries were read. */
type ReadLane = Lane & {
  readTo: LineCursor;
  /** The database may hold more behind `readTo`. */
  hasMore: boolean;
  /** It may hold more before `readTo`, which is then read again from the start. */
  isStale: boolean;
  isReading: boolean;
  unrecorded: number;
  isSendingLarge: boolean;
};

const START: LineCursor = { position: 0, id: "00000000-0000-0000-0000-000000000000" };
const PAGE = 500;
// A lane reads on while fewer than this are ready, and stops when it holds so many that wait for a later time.
const LOW_WATER = 128;
const MAX_HELD = 10_000;
// While the database is away, requests whose results wait for it are not followed by more than this, for each webhook.
const MAX_UNRECORDED = 128;
const MAX_LARGE_IN_FLIGHT = 8;
const MAX_FRESH_BODY = 16 * 1024;
const MAX_FRESH_TOTAL = 4 * 1024 * 1024;
const POLL_MS = 15_000;
const AWAY_PAUSE_MS = 1_000;

/**
 * Sends the pending deliveries of a database, for whoever alone may do so. Each webhook has a lane: its deliveries go
 * in the order of their line, as many at once as it has request slots, and never wait for another webhook. What is in
 * memory is known from there; the rest is read from the table, from which all begins again after a crash.
 */
export function startSender(): Sender {
  const lanes = new Map<number, ReadLane>();
  const slots = requestSlots();
  let freshLength = 0;
  let largeInFlight = 0;
  let inProgress = 0;
  let isStopping = false;
  let onIdle = () => {};

  slots.onFree((webhookId) => {
    const lane = lanes.get(webhookId);
    if (lane) pump(lane);
  });

  function laneOf(webhookId: number): ReadLane {
    const known = lanes.get(webhookId);
    if (known) return known;
    const lane: ReadLane = {
      ...createLane({ webhookId, onDue: () => pump(lane) }),
      readTo: START,
      hasMore: false,
      isStale: false,
      isReading: false,
      unrecorded: 0,
      isSendingLarge: false,
    };
    lanes.set(webhookId, lane);
    return lane;
  }

  function offer({ fresh, unknownOf }: StoredDeliveries): void {
    if (isStopping) return;
    const touched = new Set<ReadLane>();
    for (const delivery of fresh) {
      const lane = laneOf(delivery.delivery.webhook_id);
      touched.add(lane);
      const isCaughtUp = !lane.hasMore && !lane.isReading && lane.held.size < MAX_HELD;
      if (isCaughtUp) holdFresh(lane, delivery);
      else lane.hasMore = true;
    }
    for (const lane of touched) pump(lane);
    wake(unknownOf);
  }

  function holdFresh(lane: ReadLane, fresh: FreshDelivery): void {
    const { id, body } = fresh.delivery;
    const isKept = body.length <= MAX_FRESH_BODY && freshLength + body.length <= MAX_FRESH_TOTAL;
    if (isKept) freshLength += body.length;
    hold(lane, { id, line: fresh.line, bytes: body.length, dueAt: 0, fresh: isKept ? fresh : null });
    lane.readTo = { position: fresh.position, id };
  }

  function takeFresh(delivery: Held): FreshDelivery | null {
    const { fresh } = delivery;
    if (fresh) freshLength -= fresh.delivery.body.length;
    delivery.fresh = null;
    return fresh;
  }

  function wake(webhookIds: number[]): void {
    if (isStopping) return;
    for (const webhookId of webhookIds) {
      const lane = laneOf(webhookId);
      lane.hasMore = true;
      lane.isStale = true;
      pump(lane);
    }
  }

  function pump(lane: ReadLane): void {
    if (isStopping) return;
    while (lane.unrecorded < MAX_UNRECORDED) {
      const queue = startable(lane);
      if (!queue || !slots.tryTake(lane.webhookId)) break;
      const delivery = queue.shift();
      if (delivery) void run(lane, delivery);
    }
    const isLow = lane.ready.length < LOW_WATER && lane.held.size < MAX_HELD;
    if (lane.hasMore && !lane.isReading && isLow) void read(lane);
    if (lane.held.size === 0 && !lane.hasMore && !lane.isReading) lanes.delete(lane.webhookId);
  }

  function startable(lane: ReadLane): Held[] | null {
    if (lane.ready.length > 0) return lane.ready;
    const isRoom = !lane.isSendingLarge && largeInFlight < MAX_LARGE_IN_FLIGHT;
    return lane.readyLarge.length > 0 && isRoom ? lane.readyLarge : null;
  }

  async function run(lane: ReadLane, delivery: Held): Promise<void> {
    inProgress += 1;
    lane.unrecorded += 1;
    const result = await attempt(lane, delivery);
    lane.unrecorded -= 1;
    inProgress -= 1;
    if (inProgress === 0) onIdle();
    if (result.done) release(lane, delivery);
    else delay(lane, delivery, Date.now() + result.delayMs);
    pump(lane);
  }

  // A slot is for the request alone: while its result is recorded, the next one goes out.
  async function attempt(lane: ReadLane, delivery: Held): Promise<AttemptResult> {
    const endRequest = beginRequest(lane, delivery);
    try {
      const sent = await sendDelivery({ deliveryId: delivery.id, fresh: takeFresh(delivery) }).finally(
        endRequest,
      );
      return "exchange" in sent ? await recordSent(sent) : sent;
    } catch (error) {
      return isDatabaseAway(error) ? { done: false, delayMs: AWAY_PAUSE_MS } : afterFault(delivery, error);
    }
  }

  function beginRequest(lane: ReadLane, { bytes }: Held): () => void {
    const isLarge = bytes > LARGE_BODY_BYTES;
    if (isLarge) {
      lane.isSendingLarge = true;
      largeInFlight += 1;
    }
    return () => {
      if (isLarge) {
        lane.isSendingLarge = false;
        largeInFlight -= 1;
        for (const other of lanes.values()) if (other.readyLarge.length > 0) pump(other);
      }
      slots.free(lane.webhookId);
    };
  }

  function afterFault(delivery: Held, error: unknown): Promise<AttemptResult> {
    return postponeAfterFault({ deliveryId: delivery.id, error }).catch((again) => {
      logger.warn({ err: again }, "a delivery could not be put off; it is attempted again");
      return { done: false, delayMs: AWAY_PAUSE_MS };
    });
  }

  async function read(lane: ReadLane): Promise<void> {
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
      for (const row of page) hold(lane, toHeld(row));
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

  // Finds what a crash left, what a notification missed, and what a jump of the clock made due.
  async function poll(): Promise<void> {
    const now = Date.now();
    for (const lane of lanes.values()) wakeDelayed(lane, now);
    try {
      wake(await listPendingWebhooks());
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
    for (const lane of lanes.values()) closeLane(lane);
    if (inProgress === 0) return;
    const idle = new Promise<void>((resolve) => {
      onIdle = resolve;
    });
    await Promise.race([idle, sleep(graceMs, undefined, { ref: false })]);
  }

  return { offer, wake, inProgress: () => inProgress, stop };
}

function toHeld(row: PendingDelivery): Held {
  return {
    id: row.id,
    line: lineOf(row),
    bytes: row.bytes,
    dueAt: row.next_attempt_at === null ? 0 : Date.parse(row.next_attempt_at),
    fresh: null,
  };
}
