import type { Database } from "@/db/client";
import { notifyRuns } from "@/db/queries/notify-runs";
import { commitRuns, type NewRun } from "@/db/queries/runs";
import { type Acceptance, createOrderEventIntake } from "@/lib/orders/accept-order-events";
import { DISPATCH_RUNS, dispatchRun, EMBEDDED_FUNCTIONS } from "./functions";
import { type Leadership, RUNS_CHANNEL, seekLeadership } from "./leadership";
import { type Runner, startRunner } from "./runner";

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
  let leadership: Leadership | null = null;
  const activate = () => {
    runner = startRunner(EMBEDDED_FUNCTIONS);
  };
  if (database.openSession === null) activate();
  else {
    leadership = seekLeadership({
      openSession: database.openSession,
      onGained: activate,
      onLost: () => {
        void runner?.stop(0);
        runner = null;
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

  const intake = createOrderEventIntake(DISPATCH_RUNS);
  return {
    accept: async (raw) => {
      const accepted = await intake(raw);
      await announce(accepted.filter((one) => one.isNew).map((one) => dispatchRun(one.id)));
      return accepted;
    },
    start: async (runs) => {
      await commitRuns({ started: runs, moved: [], ended: [] });
      await announce(runs);
    },
    state: () => (runner ? "active" : "standby"),
    inProgress: () => runner?.inProgress() ?? 0,
    stop: async () => {
      await runner?.stop(GRACE_MS);
      runner = null;
      await leadership?.stop();
    },
  };
}
