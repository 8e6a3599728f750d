import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { insertRevision, latestRevision } from "@/db/queries/revisions";
import { insertUser } from "@/db/queries/users";
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
});

test("ids begin anew after empty(), revisions go on: caches know the webhooks by them", async () => {
  const email = "anna@example.com";
  const user = { email, name: "Anna", role: "viewer", password_hash: "" } as const;
  for (let round = 0; round < 2; round += 1) {
    expect(await insertUser(db(), user)).toMatchObject({ id: 1 });
    await insertRevision(db(), { webhook_id: 1, config: {}, is_deleted: false });
    const before = await latestRevision();
    await database.empty();
    await insertRevision(db(), { webhook_id: 1, config: {}, is_deleted: false });
    expect(await latestRevision()).toBe(before + 1);
    await database.empty();
  }
});
