import { isDatabaseAway } from "@/db/faults";
import type { MovedRun, RunRow } from "@/db/queries/runs";
import type { DeliveryRequested } from "@/inngest/functions/step";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import type { EmbeddedFunction } from "./functions";
import { recordSteps } from "./step";

/** What a run came to: it ended, it goes on later, or the database was away and nothing was learnt. */
export type RunChange =
  | { kind: "ended"; id: string; sent: DeliveryRequested[] }
  | { kind: "moved"; run: MovedRun; sent: DeliveryRequested[] }
  | { kind: "unknown"; sent: DeliveryRequested[] };

const FIRST_BACKOFF_MS = 1000;
const LAST_BACKOFF_MS = 60_000;

/** Calls a run's function from its start over the memo, up to its end or its next sleep. Never throws. */
export async function executeRun({ fn, run }: { fn: EmbeddedFunction; run: RunRow }): Promise<RunChange> {
  const recording = recordSteps(run.memo);
  const { memo, sent } = recording;
  try {
    const ended = fn.handler({ event: run.event, step: recording.step }).then(() => null);
    const dueAt = await Promise.race([ended, recording.suspended]);
    if (dueAt === null) return { kind: "ended", id: run.id, sent };
    return { kind: "moved", run: moved({ run, memo, dueAt, failures: 0, error: null }), sent };
  } catch (error) {
    if (isDatabaseAway(error) || isUnavailable(error)) return { kind: "unknown", sent };
    return afterFailure({ fn, run, memo, sent, error });
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.code === "unavailable";
}

type Failure = {
  fn: EmbeddedFunction;
  run: RunRow;
  memo: RunRow["memo"];
  sent: DeliveryRequested[];
  error: unknown;
};

// A fault of ours, not of a receiver: those are outcomes. Retried with backoff, then handed to onFailure.
async function afterFailure({ fn, run, memo, sent, error }: Failure): Promise<RunChange> {
  const message = error instanceof Error ? error.message : String(error);
  const failures = run.failures + 1;
  logger.error({ err: error, runId: run.id, failures }, "a run failed");
  if (failures > fn.retries) {
    const isHandled = await fn.onFailure({ event: run.event, error: message }).then(
      () => true,
      (failed) => logger.error({ err: failed, runId: run.id }, "a run's failure could not be recorded"),
    );
    if (isHandled) return { kind: "ended", id: run.id, sent };
  }
  const dueAt = Date.now() + Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), LAST_BACKOFF_MS);
  return { kind: "moved", run: moved({ run, memo, dueAt, failures, error: message }), sent };
}

function moved(input: {
  run: RunRow;
  memo: RunRow["memo"];
  dueAt: number;
  failures: number;
  error: string | null;
}): MovedRun {
  return {
    id: input.run.id,
    memo: input.memo,
    due_at: new Date(input.dueAt).toISOString(),
    failures: input.failures,
    last_error: input.error,
  };
}
