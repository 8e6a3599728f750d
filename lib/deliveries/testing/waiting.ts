import { sql } from "drizzle-orm";
import { rows } from "@/db/client";

/** Asks again and again, without a limit of its own: the test's is enough. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** How many deliveries are in each state. */
export async function countStates(): Promise<Record<string, number>> {
  const counted = await rows<{ state: string; n: number }>(
    sql`select state, count(*)::int as n from deliveries group by state`,
  );
  return Object.fromEntries(counted.map(({ state, n }) => [state, n]));
}
