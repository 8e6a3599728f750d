import { selectAttempts } from "@/db/queries/logs";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { ATTEMPT_EVENT_TYPES, type AttemptFilters } from "./attempt-filters";
import { toAttemptFilter } from "./list-attempts";

/** The ids of the attempts beside one in the log, null where there is none. */
export type Neighbours = { newer: number | null; older: number | null };

/** The next newer and the next older attempt that the filters let through. */
export async function getNeighbours({
  actor,
  filters,
  logId,
}: {
  actor: Actor;
  filters: AttemptFilters;
  logId: number;
}): Promise<Neighbours> {
  requireRole(actor, "viewer");
  const page = { filter: toAttemptFilter(filters), eventTypes: ATTEMPT_EVENT_TYPES, limit: 1 };
  const [[newer], [older]] = await Promise.all([
    selectAttempts({ ...page, afterId: logId, isAscending: true }),
    selectAttempts({ ...page, beforeId: logId }),
  ]);
  return { newer: newer?.id ?? null, older: older?.id ?? null };
}
