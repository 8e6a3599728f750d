import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db, prepared, rows } from "@/db/client";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const divide = (by: number) =>
  prepared<{ n: number }>({ name: "divide", text: "select 6 / $1::int as n", values: [by] });

test("a statement that fails leaves the prepared ones usable", async () => {
  expect(await divide(3)).toEqual([{ n: 2 }]);
  await expect(divide(0)).rejects.toThrow(/division by zero/);
  expect(await divide(2)).toEqual([{ n: 3 }]);
});

test("a transaction that fails leaves none open", async () => {
  const failing = db().transaction(async (tx) => {
    await rows(sql`select 1 / 0`, tx);
  });
  await expect(failing).rejects.toThrow();
  expect(await divide(1)).toEqual([{ n: 6 }]);
  expect(await rows(sql`select 1 as n`)).toEqual([{ n: 1 }]);
});
