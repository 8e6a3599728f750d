import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "./migrate";

let pglite: PGlite;
const client = {
  query: async (text: string, values?: unknown[]) => {
    if (values) return pglite.query<Record<string, unknown>>(text, values);
    const results = await pglite.exec(text);
    return { rows: results.at(-1)?.rows ?? [] };
  },
};

beforeAll(async () => {
  pglite = await PGlite.create();
});
afterAll(() => pglite.close());

async function applied(): Promise<unknown[]> {
  return (await client.query("select created_at from drizzle.__drizzle_migrations")).rows;
}

test("an empty database is migrated, and a migrated one left alone", async () => {
  await migrate(client);
  const first = await applied();
  expect(first.length).toBeGreaterThan(0);
  await migrate(client);
  expect(await applied()).toEqual(first);
});

test("a database of a newer version is refused with a sentence and left alone", async () => {
  const newer = Date.parse("2099-05-01");
  await client.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', $1)", [
    newer,
  ]);
  const before = await applied();
  await expect(migrate(client)).rejects.toThrow(
    /belongs to a newer version of iiko-webhooks: its schema is of 2099-05-01, .* Start the newer version again/,
  );
  expect(await applied()).toEqual(before);
});

test("a migration that fails leaves nothing behind", async () => {
  await client.query("drop schema drizzle cascade");
  // The tables of the first migration are still there, so it fails.
  await expect(migrate(client)).rejects.toThrow(/already exists/);
  const { rows } = await client.query("select to_regclass('drizzle.__drizzle_migrations') is null as gone");
  expect(rows).toEqual([{ gone: true }]);
});
