import { type SQL, sql } from "drizzle-orm";
import { openDatabase, rows } from "@/db/client";

/**
 * Does the work and returns how many blocks of tables and indexes its statements read, as Postgres counts them; what
 * they change is done once only.
 */
export async function readBlocks(work: () => Promise<unknown>): Promise<number> {
  // The open one.
  const database = await openDatabase({ dataDir: "" });
  const { query, db } = database;
  const execute = db.execute.bind(db);
  let blocks = 0;
  database.query = async (statement) => {
    const text = `explain (analyze, buffers, timing off, format json) ${statement.text}`;
    blocks += blocksOf((await query({ ...statement, name: `explain-${statement.name}`, text })).rows);
    return query(statement);
  };
  const explaining = async (given: SQL) => {
    blocks += blocksOf(
      await rows(sql`explain (analyze, buffers, timing off, format json) ${given}`, {
        execute,
      } as never),
    );
    return execute(given);
  };
  db.execute = explaining as never;
  try {
    await work();
  } finally {
    database.query = query;
    db.execute = execute;
  }
  return blocks;
}

type Explained = { "QUERY PLAN": string | { Plan: Record<string, number> }[] };

function blocksOf(explained: unknown[]): number {
  return (explained as Explained[]).reduce((sum, { "QUERY PLAN": given }) => {
    const plans = typeof given === "string" ? JSON.parse(given) : given;
    const plan: Record<string, number> = plans[0].Plan;
    return sum + (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0);
  }, 0);
}
