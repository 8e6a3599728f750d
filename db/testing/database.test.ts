import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { insertRevision, latestRevision } from "@/db/queries/revisions";
import { openTestDatabase, type TestDatabase } from "./database";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("is migrated, and empty again after empty()", async () => {
  await insertRevision(db(), { webhook_id: 1, config: {}, is_deleted: false });
  await insertRevision(db(), { webhook_id: 1, config: {}, is_deleted: true });
  expect(await latestRevision()).toBe(2);
  await database.empty();
  expect(await rows(sql`select 1 from webhook_revisions`)).toEqual([]);
  await insertRevision(db(), { webhook_id: 1, config: {}, is_deleted: false });
  expect(await latestRevision()).toBe(1);
});
