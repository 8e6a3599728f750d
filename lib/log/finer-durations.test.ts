import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rows } from "@/db/client";
import { migrationsFolder } from "@/db/migrate";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { DURATION_BUCKETS_MS, METRIC_BUCKETS_MS } from "./duration-buckets";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("requests that were counted before the bounds grew finer stay between the same two bounds", async () => {
  const id = await makeWebhook({ name: "Old" });
  // The bounds of then are those of the metrics now.
  const counts = METRIC_BUCKETS_MS.map((_, bucket) => bucket + 1);
  await rows(sql`
    insert into webhook_intervals (webhook_id, starts_at, succeeded, failed, durations)
    values (${id}, now(), 1, 0, ${`{${counts}}`}::int[])`);
  const file = readdirSync(migrationsFolder).find((name) => name.endsWith("_finer_durations.sql")) ?? "";
  const statements = readFileSync(path.join(migrationsFolder, file), "utf8").split(
    "--> statement-breakpoint",
  );
  await rows(sql.raw(statements.at(-1) ?? ""));

  const [row] = await rows<{ durations: number[]; longest_ms: number | null }>(
    sql`select durations, longest_ms from webhook_intervals where webhook_id = ${id}`,
  );
  const between = (low: number, high: number) =>
    DURATION_BUCKETS_MS.reduce(
      (sum, bound, index) => sum + (bound > low && bound <= high ? (row?.durations[index] ?? 0) : 0),
      0,
    );
  expect(row?.durations).toHaveLength(DURATION_BUCKETS_MS.length);
  expect(row?.longest_ms).toBeNull();
  expect(METRIC_BUCKETS_MS.map((bound, index) => between(METRIC_BUCKETS_MS[index - 1] ?? 0, bound))).toEqual(
    counts,
  );
});
