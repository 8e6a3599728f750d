import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rows } from "@/db/client";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { forgetEnv } from "@/lib/env";
import { vacuumEmbedded } from "./vacuum";

const signal = new AbortController().signal;
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function addRows(count: number): Promise<void> {
  await rows(sql`
    insert into webhook_revisions (webhook_id, config)
    select n, '{}' from generate_series(1, ${count}::int) as n`);
}

async function tableBytes(): Promise<number> {
  const [size] = await rows<{ bytes: number }>(
    sql`select pg_relation_size('webhook_revisions')::float8 as bytes`,
  );
  return size?.bytes ?? 0;
}

test("makes room of what was deleted, once it is enough, and leaves the rest alone", async () => {
  await addRows(900);
  await rows(sql`delete from webhook_revisions`);
  expect(await vacuumEmbedded({ signal })).not.toContain("webhook_revisions");
  await addRows(5000);
  const bytes = await tableBytes();
  await rows(sql`delete from webhook_revisions`);
  // Postgres brings its statistics up to date about a second later.
  await expect.poll(() => vacuumEmbedded({ signal }), { timeout: 15_000 }).toContain("webhook_revisions");
  await addRows(4000);
  expect(await tableBytes()).toBeLessThanOrEqual(bytes);
});

test("a Postgres server is left to its own autovacuum", async () => {
  await addRows(0);
  await rows(sql`delete from webhook_revisions`);
  await addRows(5000);
  process.env.DATABASE_URL = "postgres://127.0.0.1/x";
  forgetEnv();
  expect(await vacuumEmbedded({ signal })).toEqual([]);
  delete process.env.DATABASE_URL;
  forgetEnv();
});
