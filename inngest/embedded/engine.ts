import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database } from "@/db/client";
import { notifyRuns } from "@/db/queries/notify-runs";
import type { NewRun } from "@/db/queries/runs";
import { SCHEDULED_FUNCTIONS } from "@/inngest/functions/scheduled";
import { deliveryRequested } from "@/inngest/functions/step";
import { setSending } from "@/lib/deliveries/attempt";
import { matchBeforeStoring, type StartedDelivery, storedDeliveries } from "@/lib/deliveries/dispatch";
import { logger } from "@/lib/logger";
import {
  type Acceptance,
  createOrderEventIntake,
  type StoredOrderEvents,
} from "@/lib/orders/accept-order-events";
import { rememberOrderEvents } from "@/lib/orders/fresh-order-events";
import { DISPATCH_RUNS, deliveryRun } from "./functions";
import { type Leadership, RUNS_CHANNEL, seekLeadership } from "./leadership";
import { type Runner, startRunner } from "./runner";
import { type Schedule, startSchedule } from "./schedule";

export type EmbeddedEngine = {
  /** Keeps order events durably and starts their runs; answers after the commit. Throws when the database is away. */
  accept: (raw: unknown[]) => Promise<Acceptance[]>;
  /** Starts deliveries that are stored as pending; one that is in progress is not started again. */
  startDeliveries: (deliveries: StartedDelivery[]) => Promise<void>;
  /** `active` runs the deliveries, `standby` waits for the process that does. */
  state: () => "active" | "standby";
  inProgress: () => number;
  stop: () => Promise<void>;
};

const GRACE_MS = 25_000;

/** Starts the embedded engine on the open database; on Postgres it first stands by for the runner's lock. */
export function startEmbeddedEngine(database: Database): EmbeddedEngine {
  let runner: Runner | null = null;
  let schedule: Schedule | null = null;
  let leadership: Leadership | null = null;
  setSending(true);
  const activate = () => {
    runner = startRunner();
    schedule = startSchedule({ functions: SCHEDULED_FUNCTIONS, startDeliveries });
  };
  if (database.openSession === null) activate();
  else {
    leadership = seekLeadership({
      openSession: database.openSession,
      onGained: activate,
      onLost: () => {
        void runner?.stop(0);
        void schedule?.stop();
        runner = null;
        schedule = null;
      },
      onRuns: (lane) => runner?.wake([lane]),
    });
  }

  async function announce(runs: NewRun[]): Promise<void> {
    if (runner) runner.offer(runs);
    else if (runs.length > 0) {
      await notifyRuns({ channel: RUNS_CHANNEL, lanes: [...new Set(runs.map((run) => run.lane))] });
    }
  }

  async function startDeliveries(deliveries: StartedDelivery[]): Promise<void> {
    await announce(deliveries.map(deliveryRequested).map(deliveryRun));
  }

  async function announceStored({ runs, matched }: StoredOrderEvents): Promise<void> {
    await announce(runs);
    if (!matched) return;
    // Who sent the events is answered first, and the log says that they were taken in before it says «matched».
    await nextTurn();
    await startDeliveries(await storedDeliveries(matched));
  }

  const accept = createOrderEventIntake({
    start: DISPATCH_RUNS,
    // Behind events that a run has yet to match, others wait for their turn.
    match: async (events) => (runner?.isIdle(DISPATCH_RUNS.lane) ? matchBeforeStoring(events) : null),
    onStored: (stored) => {
      if (runner) rememberOrderEvents(stored.unmatched);
      announceStored(stored).catch((error) =>
        logger.warn({ err: error }, "the runner could not be told of new runs; it finds them by itself"),
      );
    },
  });
  return {
    accept,
    startDeliveries,
    state: () => (runner ? "active" : "standby"),
    inProgress: () => runner?.inProgress() ?? 0,
    stop: async () => {
      setSending(false);
      await Promise.all([runner?.stop(GRACE_MS), schedule?.stop()]);
      runner = null;
      schedule = null;
      await leadership?.stop();
    },
  };
}
