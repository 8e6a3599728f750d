import { selectRecentOrderEvents } from "@/db/queries/recent-order-events";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { type OrderEvent, readStoredOrderEvent } from "@/lib/orders/prepare-order-event";

export type RecentOrderEvent = OrderEvent & { receivedAt: string };

const MAX_BYTES = 64 * 1024;

/** The newest accepted order events with their orders, for a preview; for operators up, as all bodies are. */
export async function recentOrderEvents({
  actor,
  limit,
}: {
  actor: Actor;
  limit: number;
}): Promise<RecentOrderEvent[]> {
  requireRole(actor, "operator");
  const stored = await selectRecentOrderEvents({ limit, maxBytes: MAX_BYTES });
  return stored.flatMap((row) => {
    const event = readStoredOrderEvent(row);
    return event ? [{ ...event, receivedAt: row.received_at }] : [];
  });
}
