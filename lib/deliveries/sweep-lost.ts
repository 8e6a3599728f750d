import { type PendingCursor, pendingDeliveries } from "@/db/queries/resends";
import type { StartedDelivery } from "@/lib/deliveries/dispatch";
import { logger } from "@/lib/logger";

type Options = {
  overdueSeconds: number;
  startDeliveries: (deliveries: StartedDelivery[]) => Promise<void>;
  signal: AbortSignal;
};

const PAGE_SIZE = 1000;
// A backlog is walked over several turns: looking at all of it each minute would slow its own delivery.
const PAGES_PER_TURN = 20;

let cursor: PendingCursor | null = null;

/**
 * Starts pending deliveries again that no run carries: a resend cut short between its two commits, or what was
 * pending when the engine was changed. Returns how many. Starting one that does run changes nothing.
 */
export async function sweepLostDeliveries(options: Options): Promise<number> {
  const { overdueSeconds, startDeliveries, signal } = options;
  let started = 0;
  for (let page = 0; page < PAGES_PER_TURN && !signal.aborted; page += 1) {
    const pending = await pendingDeliveries({ after: cursor, overdueSeconds, limit: PAGE_SIZE });
    const lost = pending.filter((delivery) => delivery.is_lost);
    if (lost.length > 0) {
      await startDeliveries(lost.map(({ id, webhook_id }) => ({ id, webhookId: webhook_id })));
    }
    started += lost.length;
    cursor = pending.length < PAGE_SIZE ? null : (pending.at(-1) ?? null);
    if (cursor === null) break;
  }
  if (started > 0)
    logger.warn({ deliveries: started }, "pending deliveries without a run were started again");
  return started;
}
