import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { insertRevision, latestRevision } from "./revisions";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

// The embedded database has one session, where no two transactions ever overlap.
test.runIf(process.env.TEST_DATABASE_URL)("a later revision is not seen before an earlier one", async () => {
  const first = signal();
  const isHeld = signal();
  const earlier = db().transaction(async (tx) => {
    await insertRevision(tx, { webhook_id: 1, config: {}, is_deleted: false });
    isHeld.resolve();
    await first.promise;
  });
  await isHeld.promise;
  const later = db().transaction((tx) =>
    insertRevision(tx, { webhook_id: 2, config: {}, is_deleted: false }),
  );
  await expect
    .poll(() =>
      rows(
        sql`select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
      ),
    )
    .toHaveLength(1);
  expect(await latestRevision()).toBe(0);
  first.resolve();
  await Promise.all([earlier, later]);
  expect(await latestRevision()).toBe(2);
});

function signal() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}
