import { setTimeout as sleep } from "node:timers/promises";
import {
  deleteOldAttempts,
  deleteOldAuditRows,
  deleteOldIntervals,
  deleteOldOrderEvents,
  type OldRows,
} from "@/db/queries/retention";
import { env } from "@/lib/env";
import { logger } from "@/lib/logger";

const DAY_MS = 24 * 60 * 60 * 1000;
// A delivery can be attempted for hours after its event came in, and its log rows show the body it holds.
const EVENT_GRACE_MS = DAY_MS;
// Who changed what is asked long after what was sent is of no interest.
const AUDIT_DAYS = 365;
// A batch takes about 20 ms, in which the embedded database serves nobody else; of four quarters of the time one
// is spent on batches. An order event has several deliveries, so fewer of them make a batch.
const BATCH_ROWS = 500;
const BATCH_EVENTS = 100;
const REST_PER_WORK = 3;
const TURN_MS = 45_000;

export type DeletedRows = { attempts: number; orderEvents: number; intervals: number; auditRows: number };

/**
 * Deletes what is older than LOG_RETENTION_DAYS: attempts, order events with their deliveries, the charts'
 * intervals; the audit trail is kept for a year at least. Works in small batches for at most 45 s; the next
 * turn goes on.
 */
export async function deleteOldLogs({
  signal,
  now = new Date(),
}: {
  signal: AbortSignal;
  now?: Date;
}): Promise<DeletedRows> {
  const days = env().LOG_RETENTION_DAYS;
  const before = new Date(now.getTime() - days * DAY_MS);
  const auditBefore = new Date(now.getTime() - Math.max(days, AUDIT_DAYS) * DAY_MS);
  const turn = { signal, endsAt: performance.now() + TURN_MS };
  const deleted = {
    attempts: await inBatches({ ...turn, before, deleteBatch: deleteOldAttempts }),
    orderEvents: await inBatches({
      ...turn,
      before: new Date(before.getTime() - EVENT_GRACE_MS),
      limit: BATCH_EVENTS,
      deleteBatch: deleteOldOrderEvents,
    }),
    intervals: await inBatches({ ...turn, before, deleteBatch: deleteOldIntervals }),
    auditRows: await inBatches({ ...turn, before: auditBefore, deleteBatch: deleteOldAuditRows }),
  };
  if (Object.values(deleted).some((count) => count > 0)) logger.info(deleted, "old logs were deleted");
  return deleted;
}

type Batches = {
  before: Date;
  limit?: number;
  deleteBatch: (batch: OldRows) => Promise<number>;
  signal: AbortSignal;
  endsAt: number;
};

async function inBatches({
  before,
  limit = BATCH_ROWS,
  deleteBatch,
  signal,
  endsAt,
}: Batches): Promise<number> {
  let total = 0;
  while (!signal.aborted && performance.now() < endsAt) {
    const startedAt = performance.now();
    const count = await deleteBatch({ before, limit });
    total += count;
    if (count < limit) break;
    await sleep((performance.now() - startedAt) * REST_PER_WORK);
  }
  return total;
}
