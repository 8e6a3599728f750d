import type { Database } from "@/db/client";
import { notifyRuns } from "@/db/queries/notify-runs";
import { commitRuns, type NewRun } from "@/db/queries/runs";
import { SCHEDULED_FUNCTIONS } from "@/inngest/functions/scheduled";
import { deliveryRequested } from "@/inngest/functions/step";
import { type Acceptance, createOrderEventIntake } from "@/lib/orders/accept-order-events";
import { DISPATCH_RUNS, deliveryRun, dispatchRun, EMBEDDED_FUNCTIONS } from "./functions";
import { type Leadership, RUNS_CHANNEL, seekLeadership } from "./leadership";
import { type Runner, startRunner } from "./runner";
import { type Schedule, startSchedule } from "./schedule";

export type EmbeddedEngine = {
  /** Keeps order events durably and starts their runs; answers after the commit. Throws when the database is away. */
  accept: (raw: unknown[]) => Promise<Acceptance[]>;
  /** Starts runs durably; one that is known is not started again. */
  start: (runs: NewRun[]) => Promise<void>;
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
  const activate = () => {
    runner = startRunner(EMBEDDED_FUNCTIONS);
    schedule = startSchedule({
      functions: SCHEDULED_FUNCTIONS,
      startDeliveries: (deliveries) => start(deliveries.map(deliveryRequested).map(deliveryRun)),
    });
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

  function announce(runs: NewRun[]): Promise<void> {
    if (runner) runner.offer(runs);
    else if (runs.length > 0) {
      return notifyRuns({ channel: RUNS_CHANNEL, lanes: [...new Set(runs.map((run) => run.lane))] });
    }
    return Promise.resolve();
  }

  async function start(runs: NewRun[]): Promise<void> {
    await commitRuns({ started: runs, moved: [], ended: [] });
    await announce(runs);
  }

  const intake = createOrderEventIntake(DISPATCH_RUNS);
  return {
    accept: async (raw) => {
      const accepted = await intake(raw);
      await announce(accepted.filter((one) => one.isNew).map((one) => dispatchRun(one.id)));
      return accepted;
    },
    start,
    state: () => (runner ? "active" : "standby"),
    inProgress: () => runner?.inProgress() ?? 0,
    stop: async () => {
      await Promise.all([runner?.stop(GRACE_MS), schedule?.stop()]);
      runner = null;
      schedule = null;
      await leadership?.stop();
    },
  };
}
