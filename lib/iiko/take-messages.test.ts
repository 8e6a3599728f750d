import { createHash, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { rows } from "@/db/client";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { anyIikoMessage, longTexts } from "@/lib/orders/iiko/testing/any-message";
import { cloudMessage } from "@/lib/orders/iiko/testing/samples";
import { buildPayload } from "@/lib/payloads/build";
import { takeIikoMessages } from "./take-messages";

const MIB = 1024 * 1024;
const START_MS = 1771072124731;

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(() => database.empty());
afterAll(() => database.close());

const outcomes = async (texts: string[]) => (await takeIikoMessages(texts)).map(({ outcome }) => outcome);

function eventNames() {
  return rows<{ name: string; state: string; order_status: string | null }>(
    sql`select name, state, order_status from order_events order by seq`,
  );
}

function keptTexts() {
  return rows<{ text: string; outcome: string }>(sql`select text, outcome from iiko_messages`);
}

function life({ id, statuses }: { id: string; statuses: string[] }): string[] {
  return statuses.map((status, index) =>
    cloudMessage({ order: { status }, info: { id, externalNumber: null, timestamp: START_MS + index } }),
  );
}

test("the life of an order in one array, each message after the one before", async () => {
  const statuses = ["Unconfirmed", "WaitCooking", "WaitCooking", "OnWay", "Cancelled"];
  expect(await outcomes(life({ id: randomUUID(), statuses }))).toEqual([
    "event",
    "event",
    "unchanged",
    "event",
    "event",
  ]);
  expect((await eventNames()).map(({ name }) => name)).toEqual([
    "order.created",
    "order.status_changed",
    "order.status_changed",
    "order.cancelled",
  ]);
});

test("the same message twice is one, at once and over time", async () => {
  const text = cloudMessage();
  expect(await outcomes([text, text])).toEqual(["event", "repeated"]);
  expect(await outcomes([text])).toEqual(["repeated"]);
  // As iiko may say it again: another operation, other white space.
  const again = JSON.stringify({ ...JSON.parse(text), correlationId: randomUUID() }, null, 2);
  expect(await outcomes([again])).toEqual(["unchanged"]);
  expect(await eventNames()).toHaveLength(1);
  expect(await keptTexts()).toHaveLength(2);
});

test("an older message after a newer one is kept as rejected, also after one that changed nothing", async () => {
  const [first = "", second = "", third = ""] = life({
    id: randomUUID(),
    statuses: ["OnWay", "Waiting", "OnWay"],
  });
  expect(await outcomes([first])).toEqual(["event"]);
  expect(await outcomes([third])).toEqual(["unchanged"]);
  expect(await outcomes([second])).toEqual(["older"]);
  expect((await eventNames()).map(({ state }) => state)).toEqual(["accepted", "rejected"]);
});

test("an order that came from iiko-base is known", async () => {
  const order = { external_order_id: "site-20260214-0187", status: "Waiting" };
  await storeOrderEvent({ id: "base-1", name: "order.created", data: { order } });
  await takeIikoMessages([cloudMessage()]);
  expect((await eventNames())[1]).toMatchObject({ name: "order.status_changed", order_status: "OnWay" });
});

test("two organizations may use the same number of their own", async () => {
  const info = (id: string) => ({ id, externalNumber: "1" });
  const texts = [randomUUID(), randomUUID()].map((id) => cloudMessage({ info: info(id) }));
  expect(await outcomes(texts)).toEqual(["event", "event"]);
  expect((await eventNames()).map(({ name }) => name)).toEqual(["order.created", "order.created"]);
});

test("SOI's partial update leaves the rest of the order as it was", async () => {
  await takeIikoMessages([cloudMessage()]);
  const update = {
    type: "UPDATE",
    orderExternalId: "site-20260214-0187",
    iikoOrderDetails: { orderStatus: "CLOSED" },
  };
  const [taken] = await takeIikoMessages([JSON.stringify(update)]);
  expect(taken?.event).toMatchObject({
    name: "order.status_changed",
    previousStatus: "OnWay",
    order: { status: "Closed", total_amount: 142050, customer_phone: "+70000000000" },
  });
});

const ID = "4b9a7c52-0000-4000-8000-000000000001";

test.each([
  ["SOI's without iiko's id, then Cloud's", [soi({}), cloud({})]],
  ["Cloud's, then SOI's without iiko's id", [cloud({}), soi({})]],
  ["Cloud's of a till, then SOI's with another number", [cloud({ externalNumber: null }), soi({ id: ID })]],
  ["SOI's with iiko's id, then Cloud's of a till", [soi({ id: ID }), cloud({ externalNumber: null })]],
])("%s are one order, at once and over time", async (_name, texts) => {
  for (const isAtOnce of [true, false]) {
    await database.empty();
    if (isAtOnce) await takeIikoMessages(texts);
    else for (const text of texts) await takeIikoMessages([text]);
    expect((await eventNames()).map(({ name }) => name)).toEqual(["order.created", "order.status_changed"]);
  }
});

function cloud(info: { externalNumber?: null }): string {
  return cloudMessage({ info: { id: ID, externalNumber: "number-1", ...info } });
}

function soi({ id }: { id?: string }): string {
  const iikoOrderDetails = { orderStatus: "WAITING", iikoOrderId: id };
  return JSON.stringify({ type: "UPDATE", orderExternalId: "number-1", iikoOrderDetails });
}

test("an order of a till keeps the number outside iiko that it has", async () => {
  await takeIikoMessages([soi({ id: ID }), cloud({ externalNumber: null })]);
  const found = await rows<{ order_external_id: string }>(sql`select order_external_id from order_events`);
  expect(found.map(({ order_external_id }) => order_external_id)).toEqual(["number-1", "number-1"]);
});

test("what is about no order is kept, and what is too large to be an event too", async () => {
  const huge = cloudMessage({ order: { comment: "я".repeat(5 * MIB) } });
  const texts = [JSON.stringify({ eventType: "StopListUpdate", eventInfo: {} }), "null", '"x"', "[]", huge];
  expect(await outcomes(texts)).toEqual(["no_order", "no_order", "no_order", "no_order", "too_large"]);
  expect(new Set((await keptTexts()).map(({ text }) => text))).toEqual(new Set(texts));
});

test("processes that take messages of the same orders at once decide one after the other", async () => {
  vi.resetModules();
  const other = await import("./take-messages");
  const ids = Array.from({ length: 10 }, () => randomUUID());
  const lives = ids.map((id) => life({ id, statuses: ["WaitCooking", "OnWay", "Delivered"] }));
  const texts = lives.flat();
  // Each order's messages go to both, as a balancer may spread them.
  for (const [first = "", second = "", third = ""] of lives) {
    await Promise.all([
      takeIikoMessages([first, third]),
      other.takeIikoMessages([second]),
      other.takeIikoMessages([first]),
    ]);
  }
  expect(await keptTexts()).toHaveLength(texts.length);
  const found = await rows<{ name: string; state: string; order_status: string; order_external_id: string }>(
    sql`select name, state, order_status, order_external_id from order_events order by seq`,
  );
  for (const id of ids) {
    const accepted = found.filter((event) => event.order_external_id === id && event.state === "accepted");
    // Whatever came first, none goes backwards, and the last one is there.
    expect(accepted.filter(({ name }) => name === "order.created").length).toBeLessThanOrEqual(1);
    expect(accepted.at(-1)?.order_status).toBe("Delivered");
    expect(new Set(accepted.map(({ order_status }) => order_status)).size).toBe(accepted.length);
  }
});

test("a long text in whatever place makes the intake neither fail nor forget", async () => {
  const texts = longTexts();
  expect(texts.length).toBeGreaterThan(100);
  const taken = await takeIikoMessages(texts);
  expect(taken).toHaveLength(texts.length);
  expect(await keptTexts()).toHaveLength(texts.length);
});

test("no message of iiko's makes the intake fail or is lost, and native out is what came in", async () => {
  let native = 0;
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyIikoMessage, { minLength: 1, maxLength: 8 }), async (messages) => {
      run += 1;
      // Each run has an order of its own.
      const own = String(run).padStart(8, "0");
      const texts = messages.map((text) => text.replaceAll("4b9a7c52", own).replaceAll("20260214", own));
      const taken = await takeIikoMessages(texts);
      expect(taken).toHaveLength(texts.length);
      const ids = texts.map((text) => createHash("sha256").update(text).digest("hex"));
      const kept = await rows<{ text: string }>(
        sql`select text from iiko_messages where id = any(${sql.param(ids)}::text[])`,
      );
      expect(new Set(kept.map(({ text }) => text))).toEqual(new Set(texts));
      for (const { event } of taken) {
        if (event?.iiko?.source !== "iiko_cloud") continue;
        native += 1;
        const body = buildPayload({ format: "iiko_cloud_native", event, deliveryId: randomUUID() });
        expect(body).toBe(`[${event.iiko.text}]`);
      }
    }),
    { numRuns: 150 },
  );
  expect(native).toBeGreaterThan(20);
});
