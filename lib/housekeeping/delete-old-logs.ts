import {
  deleteOldAttempts,
  deleteOldAuditRows,
  deleteOldIikoMessages,
  deleteOldInspectorRequests,
  deleteOldIntervals,
  deleteOldOrderEvents,
  type OldRows,
} from "@/db/queries/retention";
import { env } from "@/lib/env";
import { logger } from "@/lib/logger";
import { workInBatches } from "@/lib/pace";

const DAY_MS = 24 * 60 * 60 * 1000;
// A delivery can be attempted for hours after its event came in, and its log rows show the body it holds.
const EVENT_GRACE_MS = DAY_MS;
// Who changed what is asked long after what was sent is of no interest.
const AUDIT_DAYS = 365;
// A batch takes about 20 ms, in which the embedded database serves nobody else. An order event has several
// deliveries, so fewer of them make a batch.
const BATCH_ROWS = 500;
const BATCH_EVENTS = 100;
const TURN_MS = 45_000;

export type DeletedRows = { attempts: number; orderEvents: number; intervals: number; auditRows: number };

/**
 * Deletes what is older than LOG_RETENTION_DAYS: attempts, order events with their deliveries, what came to the
 * inspector, the charts' intervals; the audit trail is kept for a year at least. Works in small batches for at most 45
 * s; the next turn goes on.
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
  const endsAt = performance.now() + TURN_MS;
  const inBatches = (deleteBatch: (batch: OldRows) => Promise<number>, batch: OldRows) =>
    workInBatches({
      batchRows: batch.limit,
      work: () => deleteBatch(batch),
      isOver: () => signal.aborted || performance.now() >= endsAt,
    });
  const eventsBefore = new Date(before.getTime() - EVENT_GRACE_MS);
  const deleted = {
    attempts: await inBatches(deleteOldAttempts, { before, limit: BATCH_ROWS }),
    orderEvents: await inBatches(deleteOldOrderEvents, { before: eventsBefore, limit: BATCH_EVENTS }),
    iikoMessages: await inBatches(deleteOldIikoMessages, { before: eventsBefore, limit: BATCH_EVENTS }),
    inspectorRequests: await inBatches(deleteOldInspectorRequests, { before, limit: BATCH_ROWS }),
    intervals: await inBatches(deleteOldIntervals, { before, limit: BATCH_ROWS }),
    auditRows: await inBatches(deleteOldAuditRows, { before: auditBefore, limit: BATCH_ROWS }),
  };
  if (Object.values(deleted).some((count) => count > 0)) logger.info(deleted, "old logs were deleted");
  return deleted;
}
