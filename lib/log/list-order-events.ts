import { type OrderEventListRow, selectOrderEvents } from "@/db/queries/order-events";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { decodeCursor, encodeCursor } from "@/lib/http/cursor";
import type { OrderEventFilters } from "@/lib/log/order-event-filters";

export type OrderEventPage = { events: OrderEventListRow[]; nextCursor: string | null };

/** One page of what came in, newest first, as `listAttempts` pages. Throws invalid for a bad cursor. */
export async function listOrderEvents({
  actor,
  filters,
}: {
  actor: Actor;
  filters: OrderEventFilters;
}): Promise<OrderEventPage> {
  requireRole(actor, "viewer");
  const { limit, cursor, name, state, since, until } = filters;
  const found = await selectOrderEvents({
    filter: { orderExternalId: filters.order_external_id, name, state, since, until },
    beforeSeq: cursor === undefined ? undefined : decodeCursor({ kind: "order_events", cursor }),
    limit: limit + 1,
  });
  const events = found.slice(0, limit);
  const last = events.at(-1);
  const hasNext = found.length > limit && last !== undefined;
  return { events, nextCursor: hasNext ? encodeCursor({ kind: "order_events", position: last.seq }) : null };
}
