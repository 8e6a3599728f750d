import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { insertRevision } from "@/db/queries/revisions";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { createIntake, type StoredEvents, storeOrderEvent } from "./intake";
import { type AcceptedEvent, matchBeforeStoring, matchOrderEvent, matchStored } from "./match";

const WEBHOOKS = 3;
/** So many bodies are built before what was matched is stored. */
const AT_ONCE = 1_000;
const MIB = 1024 * 1024;

let database: TestDatabase;
let stored: StoredEvents[];

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
  return insertRevision(db(), { webhook_id: webhookId, config: {}, is_deleted: false });
}

const onStored = (told: StoredEvents) => void stored.push(told);
const accept = createIntake({ match: matchBeforeStoring, onStored });
const acceptUnmatched = createIntake({ match: async () => null, onStored });

function orderEvent(id: string, order: Record<string, unknown> = {}) {
  return { id, name: "order.created", data: { order: { id: 1, status: "OnWay", ...order } } };
}

function freshOf(eventId: string) {
  const fresh = stored.flatMap(({ deliveries }) => deliveries.fresh);
  return fresh.filter(({ delivery }) => delivery.event_id === eventId).map(({ delivery }) => delivery.id);
}

function pendingOf(eventId: string) {
  return rows<{ id: string; webhook_id: number; position: number; body: string }>(sql`
    select id, webhook_id, position::float8 as position, body from deliveries
    where event_id = ${eventId} and state = 'pending' order by webhook_id`);
}

async function unmatchedIds() {
  const found = await rows<{ id: string }>(sql`
    select id from order_events where state = 'accepted' and matched_revision is null order by seq`);
  return found.map(({ id }) => id);
}

test("an order event is stored with its deliveries, matched, in its place", async () => {
  await accept([orderEvent("e-1"), orderEvent("e-2")]);
  const pending = await pendingOf("e-2");
  expect(pending.map((delivery) => delivery.webhook_id)).toEqual([1, 2, 3]);
  expect(pending.map((delivery) => delivery.position)).toEqual([2, 2, 2]);
  expect(freshOf("e-2").sort()).toEqual(pending.map(({ id }) => id).sort());
  expect(await unmatchedIds()).toEqual([]);
});

test("an id that is known is not delivered again", async () => {
  await accept([orderEvent("e-1"), orderEvent("e-1")]);
  await accept([orderEvent("e-1"), orderEvent("e-2")]);
  expect(await pendingOf("e-1")).toHaveLength(WEBHOOKS);
  expect(freshOf("e-1")).toHaveLength(WEBHOOKS);
  expect(freshOf("e-2")).toHaveLength(WEBHOOKS);
});

test("a rejected order event has no deliveries, and has them once it is corrected, behind what came since", async () => {
  await accept([orderEvent("e-1", { total_amount: "12,5" }), orderEvent("e-2")]);
  expect(await pendingOf("e-1")).toEqual([]);
  expect(await pendingOf("e-2")).toHaveLength(WEBHOOKS);
  await accept([orderEvent("e-1", { total_amount: 1250 })]);
  const [corrected] = await pendingOf("e-1");
  const [before] = await pendingOf("e-2");
  expect(corrected?.position).toBeGreaterThan(before?.position ?? Number.NaN);
});

test("of many, the first are matched at once, and the rest waits to be, in order", async () => {
  const ids = Array.from({ length: 400 }, (_, n) => `e-${n}`);
  await accept(ids.map((id) => orderEvent(id)));
  const matched = Math.floor(AT_ONCE / WEBHOOKS);
  expect(stored.flatMap(({ deliveries }) => deliveries.fresh)).toHaveLength(matched * WEBHOOKS);
  expect(stored.flatMap(({ unmatched }) => unmatched.map(({ id }) => id))).toEqual(ids.slice(matched));
  expect(await unmatchedIds()).toEqual(ids.slice(matched));
});

test("while an earlier event waits to be matched, a later one is not matched before it", async () => {
  await storeOrderEvent(orderEvent("e-1"));
  await accept([orderEvent("e-2")]);
  expect(await unmatchedIds()).toEqual(["e-1", "e-2"]);
  expect(await pendingOf("e-2")).toEqual([]);
  expect(stored.flatMap(({ unmatched }) => unmatched.map(({ id }) => id))).toEqual(["e-2"]);
});

test("a webhook that is deleted between matching and storing gets none, and the others theirs", async () => {
  const acceptLate = createIntake({
    match: async (events) => {
      const match = await matchBeforeStoring(events);
      await rows(sql`delete from outgoing_webhooks where id = 2`);
      return match;
    },
    onStored,
  });
  await acceptLate([orderEvent("e-1")]);
  expect((await pendingOf("e-1")).map((delivery) => delivery.webhook_id)).toEqual([1, 3]);
  expect(stored[0]?.deliveries).toEqual({ fresh: [], unknownOf: [1, 2, 3] });
});

test("matching a stored event again adds nothing and tells what is still to be sent", async () => {
  await storeOrderEvent(orderEvent("e-1"));
  const first = await matchOrderEvent("e-1");
  expect(first.map(({ webhookId }) => webhookId)).toEqual([1, 2, 3]);
  await rows(sql`update deliveries set state = 'succeeded' where webhook_id = 2`);
  const again = await matchOrderEvent("e-1");
  expect(again).toEqual(first.filter(({ webhookId }) => webhookId !== 2));
});

test("large events are stored and matched a few at a time, and each gets all its deliveries", async () => {
  const events = Array.from({ length: 4 }, (_, n) => orderEvent(`e-${n}`, largeOrder(2 * MIB)));
  await acceptUnmatched(events);
  // Two of them are more than a statement may hold.
  expect(stored.map(({ unmatched }) => unmatched.length)).toEqual([1, 1, 1, 1]);
  const parts: number[] = [];
  await matchStored({
    events: stored.flatMap(({ unmatched }): AcceptedEvent[] => unmatched),
    onStored: ({ fresh }) => void parts.push(fresh.length),
  });
  expect(Math.max(...parts)).toBeLessThan(events.length * WEBHOOKS);
  for (const { id } of events) expect(await pendingOf(id)).toHaveLength(WEBHOOKS);
  expect(await unmatchedIds()).toEqual([]);
});

// Every format sends an order's number on.
function largeOrder(length: number) {
  return { readable_number: "5".repeat(length) };
}
