import { type OverdueCursor, overdueDeliveries } from "@/db/queries/resends";
import type { StartedDelivery } from "@/lib/deliveries/dispatch";
import { logger } from "@/lib/logger";

type Options = {
  startDeliveries: (deliveries: StartedDelivery[]) => Promise<void>;
  signal: AbortSignal;
};

// What Inngest has queued can be overdue without being lost; started twice within 24 h is started once.
const OVERDUE_SECONDS = 15 * 60;
const PAGE_SIZE = 1000;
// A backlog is walked over several turns.
const PAGES_PER_TURN = 5;

let cursor: OverdueCursor | null = null;

/**
 * Starts deliveries again that are long overdue, because what should carry them may be lost: a resend cut short
 * between its commit and its start, an Inngest server restored from a backup, a change of engine. Returns how many.
 */
export async function sweepLostDeliveries({ startDeliveries, signal }: Options): Promise<number> {
  let started = 0;
  for (let page = 0; page < PAGES_PER_TURN && !signal.aborted; page += 1) {
    const query = { after: cursor, overdueSeconds: OVERDUE_SECONDS, limit: PAGE_SIZE };
    const overdue = await overdueDeliveries(query);
    if (overdue.length > 0) {
      await startDeliveries(overdue.map(({ id, webhook_id }) => ({ id, webhookId: webhook_id })));
    }
    started += overdue.length;
    cursor = overdue.length < PAGE_SIZE ? null : (overdue.at(-1) ?? null);
    if (cursor === null) break;
  }
  if (started > 0) logger.warn({ deliveries: started }, "overdue deliveries were started again");
  return started;
}
