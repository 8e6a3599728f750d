import { type AttemptFilter, type AttemptRow, selectAttempts } from "@/db/queries/logs";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { type Page, readPage } from "@/lib/http/cursor";
import { ATTEMPT_EVENT_TYPES, type AttemptFilters } from "@/lib/log/attempt-filters";
import { shownTo } from "@/lib/log/shown-to";

/** One page of the log, newest first. Throws invalid for a bad cursor. */
export async function listAttempts({
  actor,
  filters,
}: {
  actor: Actor;
  filters: AttemptFilters;
}): Promise<Page<AttemptRow>> {
  requireRole(actor, "viewer");
  const { limit, cursor } = filters;
  const { items, nextCursor } = await readPage({
    kind: "attempts",
    limit,
    cursor,
    read: (beforeId) =>
      selectAttempts({
        filter: toAttemptFilter(filters),
        beforeId,
        eventTypes: ATTEMPT_EVENT_TYPES,
        limit: limit + 1,
      }),
    positionOf: ({ id }) => id,
  });
  return { items: items.map((row) => shownTo(actor, row)), nextCursor };
}

/** The filters of a URL as the query of the log takes them. */
export function toAttemptFilter(filters: AttemptFilters): AttemptFilter {
  return {
    webhookId: filters.webhook_id,
    success: filters.success,
    orderId: filters.order_id,
    orderExternalId: filters.order_external_id,
    orders: filters.orders,
    eventType: filters.event_type,
    since: filters.since,
    until: filters.until,
  };
}
