import { type OrderEventListRow, selectOrderEvents } from "@/db/queries/order-events";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { type Page, readPage } from "@/lib/http/cursor";
import type { OrderEventFilters } from "@/lib/log/order-event-filters";

/** One page of what came in, newest first. Throws invalid for a bad cursor. */
export async function listOrderEvents({
  actor,
  filters,
}: {
  actor: Actor;
  filters: OrderEventFilters;
}): Promise<Page<OrderEventListRow>> {
  requireRole(actor, "viewer");
  const { limit, cursor, order_external_id: orderExternalId, ...filter } = filters;
  return readPage({
    kind: "order_events",
    limit,
    cursor,
    read: (beforeSeq) =>
      selectOrderEvents({ filter: { orderExternalId, ...filter }, beforeSeq, limit: limit + 1 }),
    positionOf: ({ seq }) => seq,
  });
}
