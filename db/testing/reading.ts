import { type SQL, sql } from "drizzle-orm";
import { rows } from "@/db/client";

type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  "Shared Hit Blocks"?: number;
  "Shared Read Blocks"?: number;
  Plans?: PlanNode[];
};

/** `blocks` are those of all tables and indexes, also where an index was walked without finding a row. */
export type Reading = { rows: number; blocks: number };

/** Runs a query and counts the blocks it read and the rows of a table it looked at, those thrown away included. */
export async function reading({ query, table }: { query: SQL; table: string }): Promise<Reading> {
  const [explained] = await rows<{ "QUERY PLAN": { Plan: PlanNode }[] | string }>(
    sql`explain (analyze, buffers, timing off, costs off, format json) ${query}`,
  );
  const given = explained?.["QUERY PLAN"] ?? "[]";
  const plans = typeof given === "string" ? (JSON.parse(given) as { Plan: PlanNode }[]) : given;
  return {
    rows: plans.reduce((sum, { Plan: plan }) => sum + readBelow({ plan, table }), 0),
    blocks: plans.reduce(
      (sum, { Plan: plan }) => sum + (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0),
      0,
    ),
  };
}

function readBelow({ plan, table }: { plan: PlanNode; table: string }): number {
  const below = (plan.Plans ?? []).reduce((sum, child) => sum + readBelow({ plan: child, table }), 0);
  if (plan["Relation Name"] !== table) return below;
  const removed = (plan["Rows Removed by Filter"] ?? 0) + (plan["Rows Removed by Index Recheck"] ?? 0);
  return below + (plan["Actual Rows"] + removed) * plan["Actual Loops"];
}
