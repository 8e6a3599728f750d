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
  Plans?: PlanNode[];
};

/** Runs a query and counts how many rows of a table it looked at, those it threw away included. */
export async function rowsRead({ query, table }: { query: SQL; table: string }): Promise<number> {
  const [explained] = await rows<{ "QUERY PLAN": { Plan: PlanNode }[] | string }>(
    sql`explain (analyze, timing off, costs off, format json) ${query}`,
  );
  const given = explained?.["QUERY PLAN"] ?? "[]";
  const plans = typeof given === "string" ? (JSON.parse(given) as { Plan: PlanNode }[]) : given;
  return plans.reduce((sum, { Plan: plan }) => sum + readBelow({ plan, table }), 0);
}

function readBelow({ plan, table }: { plan: PlanNode; table: string }): number {
  const below = (plan.Plans ?? []).reduce((sum, child) => sum + readBelow({ plan: child, table }), 0);
  if (plan["Relation Name"] !== table) return below;
  const removed = (plan["Rows Removed by Filter"] ?? 0) + (plan["Rows Removed by Index Recheck"] ?? 0);
  return below + (plan["Actual Rows"] + removed) * plan["Actual Loops"];
}
