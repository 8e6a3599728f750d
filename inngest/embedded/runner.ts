import { setTimeout as sleep } from "node:timers/promises";
import type { NewRun, RunRow } from "@/db/queries/runs";
import { logger } from "@/lib/logger";
import { executeRun } from "./execute-run";
import { deliveryRun, EMBEDDED_FUNCTIONS, type EmbeddedFunction, functionOfLane } from "./functions";

export type Runner = {
  /** Takes runs that were just committed; what memory has no room for is read from the database in its turn. */
  offer: (runs: NewRun[]) => void;
  /** Looks for due runs of these lanes that another process committed. */
  wake: (lanes: string[]) => void;
  /** Nothing waits or is in progress in the lane, as far as this process knows: false until it has looked. */
  isIdle: (lane: string) => boolean;
  /** Starts nothing more and waits up to `graceMs` for what is in progress; the rest is resumed at the next start. */
  stop: (graceMs: number) => Promise<void>;
  inProgress: () => number;
};

type Lane = {
  name: string;
  fn: EmbeddedFunction;
  ready: RunRow[];
  /** Ids of the runs in `ready` and in progress. */
  held: Set<string>;
  active: number;
  /** The database may hold due runs that memory does not. */
  hasBacklog: boolean;
  isReading: boolean;
  reading: Reading;
  timer: { dueAt: number; handle: NodeJS.Timeout } | null;
};

/** How far a lane's due runs were read, in ms since 1970. */
type Reading = {
  /** Reading goes on from this due time: what is due earlier is held or over, unless it became visible late. */
  from: number;
  /** Nothing more can become visible that is due earlier than this; from here it reads again after the last one. */
  settled: number;
  /** How many runs it finds there that it has read before; null: all that the lane holds, perhaps. */
  known: number | null;
};

const FROM_THE_START: Reading = { from: 0, settled: 0, known: null };

// Bounds memory: a lane holds this many runs at most, however many wait in the database.
const LANE_CAPACITY = 4096;
// Bounds how long the database is busy with reading a lane's next runs.
const READ_RUNS = 512;
const LOW_WATER = 128;
const POLL_MS = 15_000;
const FAULT_PAUSE_MS = 1_000;
// A run can become visible this long after its due time, which is when its transaction began.
const READ_AGAIN_MS = 10_000;
// Nothing sleeps longer than a Retry-After may ask, an hour: what is due later than that was put to sleep by a
// clock that has been set back since, and is due now.
const LONGEST_SLEEP_MS = 61 * 60_000;
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * The one active runner of a database. Runs wait in lanes (one a webhook, one for dispatching): a lane starts
 * its runs in order of due time, up to its function's limit, and never waits for another lane. No claim is
 * written: being the only runner, it knows from memory what is in progress, and after a crash all that is
 * left in the database is due again.
 */
export function startRunner(): Runner {
  const lanes = new Map<string, Lane>();
  let inProgress = 0;
  let isStopping = false;
  let hasPolled = false;
  let onIdle = () => {};

  function laneOf(name: string): Lane {
    const known = lanes.get(name);
    if (known) return known;
    const lane: Lane = {
      name,
      fn: functionOfLane(name),
      ready: [],
      held: new Set(),
      active: 0,
      hasBacklog: false,
      isReading: false,
      reading: FROM_THE_START,
      timer: null,
    };
    lanes.set(name, lane);
    return lane;
  }

  function offer(runs: NewRun[]): void {
    if (isStopping) return;
    const touched = new Set<Lane>();
    for (const run of runs) {
      const lane = laneOf(run.lane);
      touched.add(lane);
      // Behind a backlog, or while one is being read, a run waits in the database to keep its turn.
      if (lane.hasBacklog || lane.isReading || lane.held.size >= LANE_CAPACITY) lane.hasBacklog = true;
      else hold(lane, { ...run, memo: null, due_at: "", failures: 0 });
    }
    for (const lane of touched) pump(lane);
  }

  function wake(names: string[]): void {
    if (isStopping) return;
    for (const name of names) {
      const lane = laneOf(name);
      lane.hasBacklog = true;
      pump(lane);
    }
  }

  function hold(lane: Lane, run: RunRow): void {
    if (lane.held.has(run.id)) return;
    lane.held.add(run.id);
    lane.ready.push(run);
  }

  function pump(lane: Lane): void {
    if (isStopping) return;
    while (lane.active < lane.fn.laneLimit) {
      const run = lane.ready.shift();
      if (!run) break;
      void start({ lane, run });
    }
    if (lane.hasBacklog && !lane.isReading && lane.ready.length < LOW_WATER) void refill(lane);
    const isEmpty = lane.held.size === 0 && !lane.hasBacklog && !lane.isReading && lane.timer === null;
    if (isEmpty) lanes.delete(lane.name);
  }

  async function start({ lane, run }: { lane: Lane; run: RunRow }): Promise<void> {
    lane.active += 1;
    inProgress += 1;
    const change = await executeRun({ fn: lane.fn, run });
    // The deliveries that it sent are stored: they need not wait for what the run itself came to.
    offer(change.sent.map(deliveryRun));
    if (change.kind === "unknown") {
      if (!isStopping) await sleep(FAULT_PAUSE_MS);
      lane.active -= 1;
      lane.hasBacklog = true;
      lane.reading = FROM_THE_START;
    } else {
      lane.active -= 1;
      pump(lane);
      await lane.fn.store.commit(change);
      if (change.kind === "moved") schedule(lane, Date.parse(change.run.due_at));
    }
    lane.held.delete(run.id);
    inProgress -= 1;
    if (inProgress === 0) onIdle();
    pump(lane);
  }

  /** Reads the lane's next runs: those that are due are taken, the first that is not sets the timer. */
  async function refill(lane: Lane): Promise<void> {
    lane.isReading = true;
    lane.hasBacklog = false;
    try {
      const now = Date.now();
      // Leaving out here what the lane holds costs less than a statement that does.
      const limit = READ_RUNS + (lane.reading.known ?? lane.held.size);
      const found = await lane.fn.store.next({
        lane: lane.name,
        dueFrom: new Date(lane.reading.from).toISOString(),
        now: new Date(now).toISOString(),
        beyond: new Date(now + LONGEST_SLEEP_MS).toISOString(),
        limit,
      });
      const dueIn = (run: RunRow) => Date.parse(run.due_at) - now;
      const due = found.filter((run) => dueIn(run) <= 0);
      const later = found.filter((run) => dueIn(run) > 0);
      for (const run of due) hold(lane, run);
      for (const run of later) if (dueIn(run) > LONGEST_SLEEP_MS) hold(lane, run);
      if (later[0]) schedule(lane, Date.parse(later[0].due_at));
      lane.reading = nextReading({ reading: lane.reading, due, isAll: due.length < limit, now });
      if (due.length >= limit) lane.hasBacklog = true;
    } catch (error) {
      logger.warn({ err: error, lane: lane.name }, "the due runs could not be read; trying again");
      schedule(lane, Date.now() + FAULT_PAUSE_MS);
    }
    lane.isReading = false;
    pump(lane);
  }

  function schedule(lane: Lane, dueAt: number): void {
    if (isStopping || (lane.timer && lane.timer.dueAt <= dueAt)) return;
    if (lane.timer) clearTimeout(lane.timer.handle);
    const delayMs = Math.min(Math.max(0, dueAt - Date.now()), MAX_TIMER_MS);
    const handle = setTimeout(() => {
      lane.timer = null;
      wake([lane.name]);
    }, delayMs);
    lane.timer = { dueAt, handle };
  }

  // Finds what a crash left, what a notification missed, and what a jump of the clock made due.
  async function poll(): Promise<void> {
    try {
      for (const { store } of EMBEDDED_FUNCTIONS) {
        const names = await store.lanes();
        for (const name of names) laneOf(name).reading = FROM_THE_START;
        wake(names);
      }
      hasPolled = true;
    } catch (error) {
      logger.warn({ err: error }, "the lanes could not be read");
    }
  }
  void poll();
  const polling = setInterval(() => void poll(), POLL_MS);

  async function stop(graceMs: number): Promise<void> {
    isStopping = true;
    clearInterval(polling);
    for (const lane of lanes.values()) if (lane.timer) clearTimeout(lane.timer.handle);
    if (inProgress === 0) return;
    const idle = new Promise<void>((resolve) => {
      onIdle = resolve;
    });
    await Promise.race([idle, sleep(graceMs, undefined, { ref: false })]);
  }

  const isIdle = (lane: string) => hasPolled && !lanes.has(lane);

  return { offer, wake, isIdle, stop, inProgress: () => inProgress };
}

/** Where reading goes on after `due` were found: behind them, or, when those are all, where more can have appeared. */
function nextReading(input: { reading: Reading; due: RunRow[]; isAll: boolean; now: number }): Reading {
  const { reading, due, isAll, now } = input;
  const last = isAll ? undefined : due.at(-1);
  const readTo = last ? Date.parse(last.due_at) : now;
  const settled = Math.max(reading.settled, Math.min(readTo, now - READ_AGAIN_MS));
  if (!last) return { from: settled, settled, known: null };
  return { from: readTo, settled, known: due.filter((run) => run.due_at === last.due_at).length };
}
