import { type TableActivity, tableActivity, vacuumTable } from "@/db/queries/vacuum";
import { env } from "@/lib/env";
import { logger } from "@/lib/logger";
import { restAfterWork } from "@/lib/pace";

// As Postgres' own autovacuum decides; its base of 50 rows is for tables that are watched less often.
const BASE_ROWS = 1_000;
const SHARE = 0.2;

/**
 * Does for the embedded database what autovacuum does for a Postgres server: without it what was deleted is never
 * used again, and the planner guesses. A table at a time, small ones first. Returns the tables that needed it.
 */
export async function vacuumEmbedded({ signal }: { signal: AbortSignal }): Promise<string[]> {
  if (env().DATABASE_URL !== undefined) return [];
  const vacuumed: string[] = [];
  for (const table of (await tableActivity()).filter(isDue)) {
    if (signal.aborted) break;
    const startedAt = performance.now();
    await vacuumTable(table.name);
    const tookMs = Math.round(performance.now() - startedAt);
    logger.debug({ ...table, tookMs }, "a table was vacuumed");
    vacuumed.push(table.name);
    await restAfterWork(startedAt);
  }
  return vacuumed;
}

function isDue({ live, dead, inserted }: TableActivity): boolean {
  const enough = BASE_ROWS + SHARE * live;
  return dead > enough || inserted > enough;
}
