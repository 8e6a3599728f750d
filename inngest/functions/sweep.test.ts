import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { saveFlow } from "@/db/queries/flows";
import { deliveries } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { FREE_FLOW } from "@/db/testing/free-flow";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { uuid7 } from "@/lib/uuid";
import { sweep, sweepAll } from "./sweep";

type Message = { id: string; name: string; ts: number; data: Record<string, unknown> };

const taken = answer(200, { body: JSON.stringify({ ids: [], status: 200 }) });

let database: TestDatabase;
/** Takes what is sent to Inngest's event API. */
let inngest: Receiver;

beforeAll(async () => {
  database = await openTestDatabase();
  inngest = await startReceiver();
  inngest.always(taken);
  process.env.INNGEST_DEV = inngest.url;
});
beforeEach(async () => {
  await database.empty();
  await rows(sql`
    insert into outgoing_webhooks (id, name, webhook_url)
    select n, 'CRM', 'https://crm.example' from generate_series(1, 7) n`);
  inngest.requests.length = 0;
});
afterAll(async () => {
  await inngest.close();
  await database.close();
});

function sweepNow(): Promise<number> {
  return sweep(new AbortController());
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

test("starts what is overdue for a minute or has no run, and nothing else", async () => {
  const first = await addDelivery({});
  const betweenAttempts = await addDelivery({ next_attempt_at: secondsAgo(61), attempts: 1 });
  const fresh = await addDelivery({ created_at: secondsAgo(10) });
  await addDelivery({ next_attempt_at: secondsAgo(-30), attempts: 1 });
  await addDelivery({ run_until: secondsAgo(-30) });
  for (const state of ["succeeded", "failed", "cancelled"]) await addDelivery({ state });
  await addEvent("e-1", 60);
  await addEvent("e-2", 10);

  expect(await sweepNow()).toBe(4);
  expect(started()).toContainEqual(
    expect.objectContaining({ id: "e-1", name: "order.created", data: { order_event_id: "e-1" } }),
  );
  const deliveryIds = started().flatMap(({ data }) => data.delivery_id ?? []);
  expect(deliveryIds.sort()).toEqual([first, betweenAttempts, fresh].sort());
  expect(await sweepNow()).toBe(1);
});

test("is started at a time that has passed by Inngest's clock too: it starts no run before", async () => {
  await addDelivery({});
  await addEvent("e-1", 60);
  expect(await sweepNow()).toBe(2);
  for (const { ts } of started()) expect(ts).toBeLessThan(Date.now() - 14 * 3_600_000);
});

test("an event that has been overdue for five minutes is started under a new id, once an hour", async () => {
  await addEvent("e-1", 6 * 60);
  expect(await sweepNow()).toBe(1);
  expect(started().map(({ id }) => id.replace(/\/\d{4}-\d\d-\d\dT\d\d$/, "/hour"))).toEqual(["e-1/hour"]);
});

test("a delivery that Inngest has had for two minutes is handed over again", async () => {
  const lost = await addDelivery({ run_until: secondsAgo(1) });
  expect(await sweepNow()).toBe(1);
  expect(started().map(({ data }) => data.delivery_id)).toEqual([lost]);
});

test("what Inngest could not be told of loses its turn and is handed over by the next sweep", async () => {
  const waiting = await addDelivery({});
  inngest.always(answer(400));
  await expect(sweepNow()).rejects.toThrow();
  inngest.always(taken);
  inngest.requests.length = 0;
  expect(await sweepNow()).toBe(1);
  expect(started().map(({ data }) => data.delivery_id)).toEqual([waiting]);
});

test("of a webhook that is down or paused one delivery has a run, which sleeps until it may send", async () => {
  await rows(sql`insert into webhook_stats (webhook_id) values (7)`);
  const oldest = await addDelivery({ position: 1 });
  await addDelivery({ position: 2 });
  const down = {
    ...FREE_FLOW,
    down_since: 1,
    down_reason: { code: "fault_reset_waiting", at: "crm.example" },
    probes: 9,
    next_probe_at: 1,
  };
  await saveFlow(db(), { webhookId: 7, flow: down });
  expect(await sweepNow()).toBe(1);
  expect(await sweepNow()).toBe(0);
  expect(started().map(({ data }) => data.delivery_id)).toEqual([oldest]);
  await rows(sql`update deliveries set run_until = null`);
  await saveFlow(db(), { webhookId: 7, flow: { ...down, down_since: null, paused_until: 1 } });
  expect(await sweepNow()).toBe(1);
});

test("at the start of a process all that the tables hold is started, what was handed over under the id that it had", async () => {
  const handedOver = await addDelivery({});
  await sweepNow();
  const [first] = started();
  await addDelivery({ next_attempt_at: secondsAgo(1) });
  await addEvent("e-1", 0);
  inngest.requests.length = 0;
  expect(await sweepAll(new AbortController())).toBe(3);
  const again = started().find(({ data }) => data.delivery_id === handedOver);
  expect(again?.id).toBe(first?.id);
});

test("hands over as much of each webhook as it may have runs, and leaves a backlog in the tables", async () => {
  await rows(sql`
    insert into deliveries (id, event_id, webhook_id, body, position)
    select gen_random_uuid(), 'event-' || n, 1 + n % 3, '{}', n from generate_series(1, 2500) as n`);
  expect(await sweepNow()).toBe(3 * 8);
  expect(await sweepNow()).toBe(0);
});
