import { sql } from "drizzle-orm";
import { rows } from "@/db/client";

/** What happened to a table since it was last vacuumed, by Postgres' own statistics; they do not outlive a restart. */
export type TableActivity = {
  name: string;
  live: number;
  dead: number;
  inserted: number;
  /** Rows that were inserted, changed or deleted since it was counted for the planner. */
  uncounted: number;
};

export function tableActivity(): Promise<TableActivity[]> {
  return rows<TableActivity>(sql`
    select relname as name, n_live_tup::float8 as live, n_dead_tup::float8 as dead,
      n_ins_since_vacuum::float8 as inserted, n_mod_since_analyze::float8 as uncounted
    from pg_stat_user_tables where schemaname = 'public' order by n_live_tup, relname`);
}

/** Makes a table's dead rows room for new ones. Not for use in a transaction. */
export async function vacuumTable(name: string): Promise<void> {
  await rows(sql`vacuum ${sql.identifier(name)}`);
}

/** Counts a table anew for the planner. */
export async function analyzeTable(name: string): Promise<void> {
  // A fifth of the usual sample: good enough for these tables, and five times as quick.
  await rows(sql`set default_statistics_target = 20`);
  await rows(sql`analyze ${sql.identifier(name)}`);
}
