import { type AttemptFilter, type AttemptRow, selectAttempts } from "@/db/queries/logs";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { decodeCursor, encodeCursor } from "@/lib/http/cursor";
import { ATTEMPT_EVENT_TYPES, type AttemptFilters } from "@/lib/log/attempt-filters";
import { shownTo } from "@/lib/log/shown-to";

export type AttemptPage = { attempts: AttemptRow[]; nextCursor: string | null };

/** One page of the log, newest first. `nextCursor` opens the next one, null at the end. Throws invalid for a bad cursor. */
export async function listAttempts({
  actor,
  filters,
}: {
  actor: Actor;
  filters: AttemptFilters;
}): Promise<AttemptPage> {
  requireRole(actor, "viewer");
  const { limit, cursor } = filters;
  const found = await selectAttempts({
    filter: toAttemptFilter(filters),
    beforeId: cursor === undefined ? undefined : decodeCursor({ kind: "attempts", cursor }),
    eventTypes: ATTEMPT_EVENT_TYPES,
    limit: limit + 1,
  });
  const attempts = found.slice(0, limit).map((row) => shownTo(actor, row));
  const last = attempts.at(-1);
  const hasNext = found.length > limit && last !== undefined;
  return { attempts, nextCursor: hasNext ? encodeCursor({ kind: "attempts", position: last.id }) : null };
}

/** The filters of a URL as the query of the log takes them. */
export function toAttemptFilter(filters: AttemptFilters): AttemptFilter {
  return {
    webhookId: filters.webhook_id,
    success: filters.success,
    orderId: filters.order_id,
    orderExternalId: filters.order_external_id,
    eventType: filters.event_type,
    since: filters.since,
    until: filters.until,
  };
}
