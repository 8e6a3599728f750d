import { analyzeTable, type TableActivity, tableActivity, vacuumTable } from "@/db/queries/vacuum";
import { env } from "@/lib/env";
import { logger } from "@/lib/logger";
import { restAfterWork } from "@/lib/pace";

// As Postgres' own autovacuum decides; its base of 50 rows is for tables that are watched less often.
const BASE_ROWS = 1_000;
const SHARE = 0.2;

/**
 * Does for the embedded database what autovacuum does for a Postgres server: without it what was deleted is never
 * used again, and the planner guesses. Nobody else is served meanwhile, so little is done at a time: a table after
 * the other, small ones first, and counting only what has changed whole. Returns the tables that were vacuumed.
 */
export async function vacuumEmbedded({ signal }: { signal: AbortSignal }): Promise<string[]> {
  if (env().DATABASE_URL !== undefined) return [];
  const vacuumed: string[] = [];
  for (const table of await tableActivity()) {
    const { name, dead, inserted, uncounted, live } = table;
    const enough = BASE_ROWS + SHARE * live;
    if (!signal.aborted && (dead > enough || inserted > enough)) {
      await unhurried({ table, what: "a table was vacuumed", work: () => vacuumTable(name) });
      vacuumed.push(name);
    }
    // Every statement finds its rows by an index, whatever the counts: rough ones do.
    if (!signal.aborted && uncounted > BASE_ROWS + live) {
      await unhurried({ table, what: "a table was counted", work: () => analyzeTable(name) });
    }
  }
  return vacuumed;
}

type Chore = { table: TableActivity; what: string; work: () => Promise<void> };

async function unhurried({ table, what, work }: Chore): Promise<void> {
  const startedAt = performance.now();
  await work();
  logger.debug({ ...table, tookMs: Math.round(performance.now() - startedAt) }, what);
  await restAfterWork(startedAt);
}
