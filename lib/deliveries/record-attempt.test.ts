import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { rows } from "@/db/client";
import * as attempts from "@/db/queries/attempts";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { uuid7 } from "@/lib/uuid";
import { recordAttempt } from "./record-attempt";
import { recordedAttempt } from "./testing/recorded-attempt";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await rows(
    sql`insert into outgoing_webhooks (id, name, webhook_url) values (1, 'CRM', 'https://crm.example')`,
  );
  await rows(sql`insert into webhook_stats (webhook_id) values (1)`);
});
afterAll(() => database.close());

test("attempts that were committed though the database gave no answer are neither logged nor counted twice", async () => {
  const insert = attempts.insertAttempts;
  const silent = Object.assign(new Error("connection terminated"), { code: "ECONNRESET" });
  // The statement is carried out, and its answer lost on the way: what a connection that breaks then looks like here.
  vi.spyOn(attempts, "insertAttempts").mockImplementationOnce(async (...input) => {
    await insert(...input);
    throw silent;
  });
  const both = [1, 2].map(() => recordedAttempt({ webhook_id: 1, delivery_id: uuid7() }));
  await Promise.all(both.map(recordAttempt));
  await recordAttempt(recordedAttempt({ webhook_id: 1, delivery_id: uuid7() }));
  expect(await rows(sql`select total_sent::int from webhook_stats`)).toEqual([{ total_sent: 3 }]);
  expect(await rows(sql`select count(*)::int as n from outgoing_webhook_logs`)).toEqual([{ n: 3 }]);
});
