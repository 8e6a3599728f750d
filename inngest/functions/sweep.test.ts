import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { saveFlow } from "@/db/queries/flows";
import { deliveries } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { uuid7 } from "@/lib/uuid";
import { sweep } from "./sweep";

type Message = { id: string; name: string; data: Record<string, unknown> };

let database: TestDatabase;
/** Takes what is sent to Inngest's event API. */
let inngest: Receiver;

beforeAll(async () => {
  database = await openTestDatabase();
  inngest = await startReceiver();
  inngest.always(answer(200, { body: JSON.stringify({ ids: [], status: 200 }) }));
  process.env.INNGEST_DEV = inngest.url;
});
beforeEach(async () => {
  await database.empty();
  inngest.requests.length = 0;
});
afterAll(async () => {
  await inngest.close();
  await database.close();
});

function sweepNow(overdueSeconds?: number) {
  const { signal } = new AbortController();
  return sweep(overdueSeconds === undefined ? { signal } : { signal, overdueSeconds });
}

function started(): Message[] {
  return inngest.requests.flatMap(({ body }) => JSON.parse(body) as Message[]);
}

function secondsAgo(seconds: number): Date {
  return new Date(Date.now() - seconds * 1_000);
}

async function addDelivery(changes: Partial<typeof deliveries.$inferInsert>): Promise<string> {
  const id = uuid7();
  const usual = { id, event_id: id, webhook_id: 7, body: "{}", created_at: secondsAgo(60) };
  await db()
    .insert(deliveries)
    .values({ ...usual, ...changes });
  return id;
}

async function addEvent(id: string, receivedSecondsAgo: number): Promise<void> {
  await storeOrderEvent({ id, name: "order.created", data: { order: { id: 1, status: "OnWay" } } });
  await rows(
    sql`update order_events set received_at = ${secondsAgo(receivedSecondsAgo).toISOString()} where id = ${id}`,
  );
}

test("starts what is overdue for a minute under the id that it always has, and nothing else", async () => {
  const overdue = await addDelivery({});
  const betweenAttempts = await addDelivery({ next_attempt_at: secondsAgo(61), attempts: 1 });
  await addDelivery({ created_at: secondsAgo(10) });
  await addDelivery({ next_attempt_at: secondsAgo(-30), attempts: 1 });
  for (const state of ["succeeded", "failed", "cancelled"]) await addDelivery({ state });
  await addEvent("e-1", 60);
  await addEvent("e-2", 10);

  expect(await sweepNow()).toBe(3);
  expect(started()).toContainEqual(
    expect.objectContaining({ id: "e-1", name: "order.created", data: { order_event_id: "e-1" } }),
  );
  const wanted = ["e-1", `deliver-webhook/${overdue}`, `deliver-webhook/${betweenAttempts}`];
  expect(
    started()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(wanted.sort());
});

test("what has been overdue for five minutes is started under a new id, once an hour", async () => {
  const lost = await addDelivery({ created_at: secondsAgo(6 * 60) });
  await addEvent("e-1", 6 * 60);
  expect(await sweepNow()).toBe(2);
  const hour = /\/\d{4}-\d\d-\d\dT\d\d$/;
  expect(started().map(({ id }) => id.replace(hour, "/hour"))).toEqual([
    "e-1/hour",
    `deliver-webhook/${lost}/hour`,
  ]);
});

test("what a paused webhook has to send, or one that is down between two probes, is not overdue", async () => {
  await rows(
    sql`insert into outgoing_webhooks (id, name, webhook_url) values (7, 'CRM', 'https://crm.example')`,
  );
  await rows(sql`insert into webhook_stats (webhook_id) values (7)`);
  const oldest = await addDelivery({ created_at: secondsAgo(3_600), position: 1 });
  await addDelivery({ created_at: secondsAgo(3_600), position: 2 });
  const down = {
    paused_until: null,
    pauses: 0,
    down_since: 1,
    down_reason: { code: "fault_reset_waiting", at: "crm.example" },
    probes: 9,
    next_probe_at: 1,
  };
  const soon = Date.now() + 60_000;
  await saveFlow(db(), { webhookId: 7, flow: { ...down, next_probe_at: soon } });
  expect(await sweepNow()).toBe(0);
  await saveFlow(db(), { webhookId: 7, flow: { ...down, down_since: null, paused_until: soon } });
  expect(await sweepNow()).toBe(0);
  await saveFlow(db(), { webhookId: 7, flow: down });
  expect(await sweepNow()).toBe(1);
  expect(started().map(({ data }) => data.delivery_id)).toEqual([oldest]);
});

test("at the start of a process all that the tables hold is started, however new", async () => {
  await addDelivery({ created_at: secondsAgo(0) });
  await addEvent("e-1", 0);
  expect(await sweepNow(0)).toBe(2);
});

test("walks over a backlog of many pages", async () => {
  await rows(sql`
    insert into deliveries (id, event_id, webhook_id, body, position, created_at)
    select gen_random_uuid(), 'event-' || n, 1 + n % 3, '{}', n, now() - interval '1 minute'
    from generate_series(1, 2500) as n`);
  expect(await sweepNow()).toBe(2_500);
  expect(new Set(started().map(({ id }) => id)).size).toBe(2_500);
});
