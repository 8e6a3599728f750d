import { findOverdueDeliveries, findOverdueEvents, type QueueCursor } from "@/db/queries/overdue";
import { logger } from "@/lib/logger";
import { startDeliveryRuns, startOrderEvents } from "./runs";

const PAGE_SIZE = 1_000;
const OVERDUE_SECONDS = 45;
// What Inngest has queued can be overdue without being lost; what is overdue for so long it seems to have lost.
const LOST_SECONDS = 5 * 60;

/**
 * Starts runs for what the tables hold and Inngest seems not to: order events that are not matched, deliveries that
 * are overdue. Inngest may have been away when they were stored, have known no function yet, or have been restored
 * from a backup; or the embedded engine ran before. Returns how many were started.
 */
export async function sweep({
  signal,
  overdueSeconds = OVERDUE_SECONDS,
}: {
  signal: AbortSignal;
  /** 0 at the start of a process, which cannot know what was started. */
  overdueSeconds?: number;
}): Promise<number> {
  const started =
    (await sweepSince({ signal, fromSeconds: overdueSeconds, toSeconds: LOST_SECONDS })) +
    // Inngest ignores an id that it had in the last 24 hours. What is started again, at most once an hour, is new.
    (await sweepSince({ signal, fromSeconds: LOST_SECONDS, attempt: new Date().toISOString().slice(0, 13) }));
  if (started > 0) logger.info({ started }, "overdue order events and deliveries were started again");
  return started;
}

type Since = { signal: AbortSignal; fromSeconds: number; toSeconds?: number; attempt?: string };

async function sweepSince({ signal, attempt, ...overdue }: Since): Promise<number> {
  const pages = [
    async (after: QueueCursor | null) => {
      const events = await findOverdueEvents({ ...overdue, after, limit: PAGE_SIZE });
      if (events.length > 0) await startOrderEvents({ events, attempt });
      return events;
    },
    async (after: QueueCursor | null) => {
      const found = await findOverdueDeliveries({ ...overdue, after, limit: PAGE_SIZE });
      const deliveries = found.map(({ id, webhook_id }) => ({ id, webhookId: webhook_id }));
      if (deliveries.length > 0) await startDeliveryRuns({ deliveries, attempt });
      return found;
    },
  ];
  let started = 0;
  for (const startPage of pages) started += await walk({ signal, startPage });
  return started;
}

async function walk(input: {
  signal: AbortSignal;
  startPage: (after: QueueCursor | null) => Promise<QueueCursor[]>;
}): Promise<number> {
  let started = 0;
  let after: QueueCursor | null = null;
  while (!input.signal.aborted) {
    const page: QueueCursor[] = await input.startPage(after);
    started += page.length;
    after = page.at(-1) ?? null;
    if (page.length < PAGE_SIZE) break;
  }
  return started;
}
