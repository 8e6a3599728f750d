import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { insertRevision } from "@/db/queries/revisions";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { createOrderEventIntake, type StoredOrderEvents } from "@/lib/orders/accept-order-events";
import { matchBeforeStoring, type StartedDelivery, storedDeliveries } from "./dispatch";

const START = { function: "dispatch-order-event", lane: "dispatch", eventName: "stored", maxEvents: 100 };
const WEBHOOKS = 3;
/** So many bodies are built before what was matched is stored. */
const AT_ONCE = 500;

let database: TestDatabase;
let stored: StoredOrderEvents[];

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await database.empty();
  stored = [];
  for (let id = 1; id <= WEBHOOKS; id++) {
    await rows(
      sql`insert into outgoing_webhooks (id, name, webhook_url) values (${id}, 'CRM', 'https://crm.example')`,
    );
  }
  await changed(1);
});
afterAll(() => database.close());

/** What every mutation of a webhook does, so that caches read it again. */
function changed(webhookId: number): Promise<void> {
  return insertRevision(db(), { webhookId, config: {}, isDeleted: false });
}

const accept = createOrderEventIntake({
  start: START,
  match: matchBeforeStoring,
  onStored: (told) => void stored.push(told),
});

function orderEvent(id: string, order: Record<string, unknown> = {}) {
  return { id, name: "order.created", data: { order: { id: 1, status: "OnWay", ...order } } };
}

async function started(): Promise<StartedDelivery[]> {
  const matched = stored.at(-1)?.matched;
  return matched ? await storedDeliveries(matched) : [];
}

function pendingOf(eventId: string) {
  return rows<{ id: string; webhook_id: number }>(sql`
    select id, webhook_id from deliveries where event_id = ${eventId} and state = 'pending' order by webhook_id`);
}

test("an order event is stored with its deliveries, matched, and without a run", async () => {
  await accept([orderEvent("e-1")]);
  const pending = await pendingOf("e-1");
  expect(pending.map((delivery) => delivery.webhook_id)).toEqual([1, 2, 3]);
  expect((await started()).map(({ id }) => id).sort()).toEqual(pending.map(({ id }) => id).sort());
  expect(await rows(sql`select id from runs`)).toEqual([]);
  expect(await rows(sql`select id from order_events where matched_revision is null`)).toEqual([]);
});

test("an id that is known is not delivered again", async () => {
  await accept([orderEvent("e-1"), orderEvent("e-1")]);
  await accept([orderEvent("e-1"), orderEvent("e-2")]);
  expect(await pendingOf("e-1")).toHaveLength(WEBHOOKS);
  expect((await started()).map(({ id }) => id).sort()).toEqual(
    (await pendingOf("e-2")).map(({ id }) => id).sort(),
  );
});

test("a rejected order event has no deliveries, and has them once it is corrected", async () => {
  await accept([orderEvent("e-1", { total_amount: "12,5" }), orderEvent("e-2")]);
  expect(await pendingOf("e-1")).toEqual([]);
  expect(await pendingOf("e-2")).toHaveLength(WEBHOOKS);
  await accept([orderEvent("e-1", { total_amount: 1250 })]);
  expect(await pendingOf("e-1")).toHaveLength(WEBHOOKS);
});

test("of many, the first are matched at once, and the rest has runs, in order", async () => {
  const ids = Array.from({ length: 400 }, (_, n) => `e-${n}`);
  await accept(ids.map((id) => orderEvent(id)));
  const matched = Math.ceil(AT_ONCE / WEBHOOKS);
  expect(await started()).toHaveLength(matched * WEBHOOKS);
  const left = stored[0]?.runs.map((run) => run.event.data.event_ids as string[]);
  expect(left?.map((ofRun) => ofRun.length)).toEqual([100, 100, 400 - matched - 200]);
  expect(left?.flat()).toEqual(ids.slice(matched));
  expect(stored[0]?.unmatched.map(({ id }) => id)).toEqual(ids.slice(matched));
  const [unmatched] = await rows(
    sql`select count(*)::int as n from order_events where matched_revision is null`,
  );
  expect(unmatched).toEqual({ n: 400 - matched });
});

test("a webhook that is deleted between matching and storing gets none, and the others theirs", async () => {
  const acceptLate = createOrderEventIntake({
    start: START,
    match: async (events) => {
      const match = await matchBeforeStoring(events);
      await rows(sql`delete from outgoing_webhooks where id = 2`);
      return match;
    },
    onStored: (told) => void stored.push(told),
  });
  await acceptLate([orderEvent("e-1")]);
  expect((await started()).map(({ webhookId }) => webhookId).sort()).toEqual([1, 3]);
  expect((await pendingOf("e-1")).map((delivery) => delivery.webhook_id)).toEqual([1, 3]);
});
