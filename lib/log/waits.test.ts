import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { saveFlow } from "@/db/queries/flows";
import type { StoredFlow } from "@/db/stored-flow";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { FREE_FLOW } from "@/db/testing/free-flow";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { matchOrderEvent } from "@/lib/deliveries/match";
import { recordAttempt } from "@/lib/deliveries/record-attempt";
import { recordedAttempt } from "@/lib/deliveries/testing/recorded-attempt";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { getOrderEvent } from "./get-order-event";
import { getOrderTimeline } from "./get-order-timeline";
import { describeWait, type Wait, waitOf } from "./waits";

const NOW = Date.parse("2026-02-11T12:00:00Z");
const DOWN = { ...FREE_FLOW, down_since: NOW - 60_000, next_probe_at: NOW + 10_000 };

let database: TestDatabase;
let webhookId: number;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(() => database.empty());
afterAll(() => database.close());

const CASES: [string, string | null, StoredFlow | null, string | null][] = [
  ["nothing", null, null, null],
  ["an earlier event", "order.created", null, "waits behind order.created of the same order"],
  [
    "an earlier event, with the webhook down",
    "order.created",
    DOWN,
    "waits behind order.created of the same order",
  ],
  [
    "a webhook that is down",
    null,
    DOWN,
    "waits for the webhook, which is down since 2026-02-11T11:59:00.000Z; it is probed next at 2026-02-11T12:00:10.000Z",
  ],
  [
    "a pause",
    null,
    { ...FREE_FLOW, paused_until: NOW + 1_000 },
    "waits for the webhook, whose receiver asked for a pause until 2026-02-11T12:00:01.000Z",
  ],
  ["a pause that is over", null, { ...FREE_FLOW, paused_until: NOW - 1_000 }, null],
];

test.each(CASES)("waiting for %s is said in words", (_what, behind_event, flow, expected) => {
  const wait = waitOf({ row: { behind_event, flow, pause: null }, now: NOW });
  expect(wait && describeWait(wait)).toBe(expected);
});

test.each([
  [null, "waits while the webhook is paused"],
  [NOW, "waits while the webhook is paused until 2026-02-11T12:00:00.000Z"],
])("what a person holds says so, and until when: %s", (until, expected) => {
  const pause = { holds_orders: true, since: NOW, until, reason: null, by: "anna" };
  const wait = waitOf({ row: { behind_event: "order.created", flow: DOWN, pause }, now: NOW });
  expect(wait && describeWait(wait)).toBe(expected);
});

/** An event of an order, matched; returns its delivery's id. */
async function receive(id: string, name: string, orderId = 1): Promise<string> {
  await storeOrderEvent({ id, name, data: { order: { id: orderId, status: "OnWay" } } });
  return (await matchOrderEvent(id))[0]?.id ?? "";
}

async function waitsOfTimeline(eventId: string): Promise<(Wait | null | undefined)[]> {
  const { events } = await getOrderTimeline({ actor: SYSTEM_ACTOR, eventId });
  return events.map(({ decisions }) => decisions[0]?.deliveries[0]?.wait);
}

async function waitsFor(id: string): Promise<string | null | undefined> {
  return (await getOrderEvent({ actor: SYSTEM_ACTOR, id })).decisions[0]?.deliveries[0]?.waits_for;
}

test("a pending delivery waits behind the first pending one of its order, and no longer than that", async () => {
  webhookId = await makeWebhook();
  const first = await receive("e-1", "order.created");
  await receive("e-2", "order.updated");
  await receive("e-3", "order.status_changed");
  await receive("e-4", "order.created", 2);
  const behind = { kind: "order", eventName: "order.created" };
  expect(await waitsOfTimeline("e-1")).toEqual([null, behind, behind]);
  expect(await waitsFor("e-3")).toBe("waits behind order.created of the same order");
  expect(await waitsFor("e-4")).toBeNull();

  await recordAttempt(recordedAttempt({ webhook_id: webhookId, delivery_id: first, event_id: "e-1" }));
  expect(await waitsOfTimeline("e-1")).toEqual([null, null, { kind: "order", eventName: "order.updated" }]);
  expect(await waitsFor("e-1")).toBeNull();
});

test("where a webhook keeps no order, nothing waits behind anything", async () => {
  webhookId = await makeWebhook({ ordered: false });
  await receive("e-1", "order.created");
  await receive("e-2", "order.updated");
  expect(await waitsOfTimeline("e-1")).toEqual([null, null]);
});

test("what waits for a webhook that is down says since when", async () => {
  webhookId = await makeWebhook();
  await receive("e-1", "order.created");
  await saveFlow(db(), { webhookId, flow: DOWN });
  expect(await waitsOfTimeline("e-1")).toMatchObject([{ kind: "down", since: "2026-02-11T11:59:00.000Z" }]);
  expect(await waitsFor("e-1")).toMatch(/^waits for the webhook, which is down since/);
});
