import { findOverdueEvents, type OverdueEvent } from "@/db/queries/overdue";
import { listPendingWebhooks } from "@/db/queries/pending-deliveries";
import { findTurns } from "@/db/queries/turns";
import { handOverNow, LATE_SECONDS } from "@/inngest/hand-over";
import { logger } from "@/lib/logger";
import { startDeliveryRuns, startOrderEvents } from "./runs";

const PAGE_SIZE = 1_000;
// An event that Inngest has queued can be overdue without being lost; what is overdue for so long it seems to have lost.
const LOST_SECONDS = 5 * 60;

/**
 * Starts runs for what the tables hold and Inngest seems not to: order events that are not matched, deliveries that have
 * no turn or lost it. Inngest may have been away when they were stored, have known no function yet, or have been
 * restored from a backup; or the embedded engine ran before. Returns how many were started.
 */
export async function sweep({ signal }: { signal: AbortSignal }): Promise<number> {
  return tell(
    (await sweepEvents({ signal, fromSeconds: LATE_SECONDS, toSeconds: LOST_SECONDS })) +
      // Inngest ignores an id that it had in the last 24 hours. What is started again, at most once an hour, is new.
      (await sweepEvents({
        signal,
        fromSeconds: LOST_SECONDS,
        attempt: new Date().toISOString().slice(0, 13),
      })) +
      (await handOverNow({ webhookIds: await listPendingWebhooks(), lateSeconds: LATE_SECONDS })),
  );
}

/**
 * The same at the start of a process, or with an Inngest that has forgotten everything: all there is, however new, and
 * what was handed over too. Inngest ignores of that what it has.
 */
export async function sweepAll({ signal }: { signal: AbortSignal }): Promise<number> {
  const turns = await findTurns();
  await startDeliveryRuns(turns);
  return tell(
    turns.length +
      (await sweepEvents({ signal, fromSeconds: 0 })) +
      (await handOverNow({ webhookIds: await listPendingWebhooks(), lateSeconds: 0 })),
  );
}

function tell(started: number): number {
  if (started > 0) logger.info({ started }, "order events and deliveries were started by a sweep");
  return started;
}

type Since = { signal: AbortSignal; fromSeconds: number; toSeconds?: number; attempt?: string };

async function sweepEvents({ signal, attempt, ...since }: Since): Promise<number> {
  let started = 0;
  let after: OverdueEvent | null = null;
  while (!signal.aborted) {
    const events: OverdueEvent[] = await findOverdueEvents({ ...since, after, limit: PAGE_SIZE });
    if (events.length > 0) await startOrderEvents({ events, attempt });
    started += events.length;
    after = events.at(-1) ?? null;
    if (events.length < PAGE_SIZE) break;
  }
  return started;
}
