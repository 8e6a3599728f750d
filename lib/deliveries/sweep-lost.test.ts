import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { deliveries } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { uuid7 } from "@/lib/uuid";
import type { StartedDelivery } from "./dispatch";
import { sweepLostDeliveries } from "./sweep-lost";

let database: TestDatabase;
let started: StartedDelivery[];

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await database.empty();
  started = [];
});
afterAll(() => database.close());

function sweep() {
  return sweepLostDeliveries({
    startDeliveries: async (found) => void started.push(...found),
    signal: new AbortController().signal,
  });
}

function minutesAgo(minutes: number): Date {
  return new Date(Date.now() - minutes * 60_000);
}

async function addDelivery(changes: Partial<typeof deliveries.$inferInsert>): Promise<string> {
  const id = uuid7();
  const usual = { id, eventId: id, webhookId: 7, body: "{}", createdAt: minutesAgo(20) };
  await db()
    .insert(deliveries)
    .values({ ...usual, ...changes });
  return id;
}

test("starts again what is long overdue, and nothing else", async () => {
  const lost = await addDelivery({});
  const lostBetweenAttempts = await addDelivery({ nextAttemptAt: minutesAgo(16), attempts: 1 });
  await addDelivery({ createdAt: minutesAgo(14) });
  await addDelivery({ nextAttemptAt: minutesAgo(14), attempts: 1 });
  await addDelivery({ nextAttemptAt: minutesAgo(-30), attempts: 1 });
  for (const state of ["succeeded", "failed", "cancelled"]) await addDelivery({ state });

  expect(await sweep()).toBe(2);
  expect(started.map(({ id }) => id).sort()).toEqual([lost, lostBetweenAttempts].sort());
  expect(started[0]?.webhookId).toBe(7);
});

test("walks over a backlog of many pages once a turn, and from its start the next time", async () => {
  await rows(sql`
    insert into deliveries (id, event_id, webhook_id, body, created_at)
    select gen_random_uuid(), 'event-' || n, 1 + n % 3, '{}', now() - interval '1 hour'
    from generate_series(1, 2500) as n`);
  expect(await sweep()).toBe(2500);
  expect(new Set(started.map(({ id }) => id)).size).toBe(2500);
  expect(await sweep()).toBe(2500);
});
