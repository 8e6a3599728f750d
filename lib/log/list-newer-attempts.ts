import { type AttemptRow, selectAttempts } from "@/db/queries/logs";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { shownTo } from "@/lib/log/shown-to";
import { ATTEMPT_EVENT_TYPES, type AttemptFilters } from "./attempt-filters";
import { toAttemptFilter } from "./list-attempts";

/** `hasGap` says that more came than are given: what the reader has does not join on to them. */
export type NewerAttempts = { attempts: AttemptRow[]; hasGap: boolean };

const LIMIT = 100;

// Ids are given before rows are committed, so a lower one may appear after a higher one was seen.
const OVERLAP_IDS = 400;

/** What came into the log since the attempt `afterId`, newest first, and a few from before it once more. */
export async function listNewerAttempts({
  actor,
  filters,
  afterId,
}: {
  actor: Actor;
  filters: AttemptFilters;
  afterId: number;
}): Promise<NewerAttempts> {
  requireRole(actor, "viewer");
  const found = await selectAttempts({
    filter: toAttemptFilter(filters),
    afterId: Math.max(0, afterId - OVERLAP_IDS),
    eventTypes: ATTEMPT_EVENT_TYPES,
    limit: LIMIT,
  });
  const attempts = found.map((row) => shownTo(actor, row));
  const oldest = attempts.at(-1);
  return { attempts, hasGap: attempts.length === LIMIT && oldest !== undefined && oldest.id > afterId };
}
