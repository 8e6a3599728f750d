import { type AttemptRow, selectAttempts } from "@/db/queries/logs";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { shownTo } from "@/lib/log/shown-to";
import { ATTEMPT_EVENT_TYPES, type AttemptFilters } from "./attempt-filters";
import { toAttemptFilter } from "./list-attempts";

const PAGE_SIZE = 500;

/**
 * All attempts that the filters let through, newest first, a page of 500 at a time; without bodies, as a list. What
 * comes into the log meanwhile is left out.
 */
export function exportAttempts(input: {
  actor: Actor;
  filters: AttemptFilters;
}): AsyncGenerator<AttemptRow[]> {
  requireRole(input.actor, "viewer");
  return readPages(input);
}

async function* readPages({
  actor,
  filters,
}: {
  actor: Actor;
  filters: AttemptFilters;
}): AsyncGenerator<AttemptRow[]> {
  const filter = toAttemptFilter(filters);
  let beforeId: number | undefined;
  do {
    const page: AttemptRow[] = await selectAttempts({
      filter,
      beforeId,
      eventTypes: ATTEMPT_EVENT_TYPES,
      limit: PAGE_SIZE,
    });
    beforeId = page.length < PAGE_SIZE ? undefined : page.at(-1)?.id;
    if (page.length > 0) yield page.map((row) => shownTo(actor, row));
  } while (beforeId !== undefined);
}
