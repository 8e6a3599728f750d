import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { rows } from "@/db/client";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { createIntake, type StoredEvents, storeOrderEvent } from "@/lib/deliveries/intake";
import { matchBeforeStoring, matchOrderEvent } from "@/lib/deliveries/match";
import { resendEvent } from "@/lib/deliveries/resend";
import { until } from "@/lib/deliveries/testing/waiting";
import { answer, hang } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { makeWebhook, type WebhookFields } from "@/lib/webhooks/testing/make-webhook";
import { updateWebhook } from "@/lib/webhooks/update";
import { type Sender, startSender } from "./sender";

const LIMIT = 8;

let database: TestDatabase;
let receiver: Receiver;
let sender: Sender | null = null;
let stored: StoredEvents[];

beforeAll(async () => {
  process.env.OUTBOUND_ALLOW = "127.0.0.1";
  database = await openTestDatabase();
});
beforeEach(async () => {
  await database.empty();
  receiver = await startReceiver();
  stored = [];
});
afterEach(async () => {
  await sender?.stop(5_000);
  sender = null;
  await receiver.close();
});
afterAll(() => database.close());

function addWebhook(fields: WebhookFields = {}): Promise<number> {
  return makeWebhook({ webhook_url: `${receiver.url}/crm`, ...fields });
}

function orderEvent(id: string, orderId: number, name = "order.created") {
  return { id, name, data: { order: { id: orderId, readable_number: id, status: "OnWay" } } };
}

async function storeMatched(...events: ReturnType<typeof orderEvent>[]): Promise<void> {
  for (const event of events) {
    await storeOrderEvent(event);
    await matchOrderEvent(event.id);
  }
}

/** The numbers of the orders as the receiver got them. */
function received(path = "/crm"): string[] {
  return receiver.requests
    .filter((request) => request.path === path)
    .map(({ body }) => JSON.parse(body).readableNumber as string);
}

/** Answers 500 to the first requests of an order, and 200 to all others. */
function failFirst({ id, times }: { id: string; times: number }): void {
  receiver.always((response, request) => {
    const isFailed =
      received().filter((one) => one === id).length <= times && request.body.includes(`"${id}"`);
    answer(isFailed ? 500 : 200)(response, request);
  });
}

function pendingCount(): Promise<number> {
  return rows<{ n: number }>(sql`select count(*)::int as n from deliveries where state = 'pending'`).then(
    ([counted]) => counted?.n ?? 0,
  );
}

test("sends what the table holds, in order, and what was stored just now after it", async () => {
  await addWebhook();
  await storeMatched(orderEvent("a", 1), orderEvent("b", 1), orderEvent("c", 1));
  sender = startSender();
  await receiver.waitFor(3);
  const accept = createIntake({ match: matchBeforeStoring, onStored: (told) => void stored.push(told) });
  await accept([orderEvent("d", 1), orderEvent("e", 1)]);
  for (const { deliveries } of stored) sender.offer(deliveries);
  await receiver.waitFor(5);
  expect(received()).toEqual(["a", "b", "c", "d", "e"]);
  await until(async () => (await pendingCount()) === 0);
});

test("what is stored while a process starts goes after what the table holds of its order", async () => {
  await addWebhook();
  await storeMatched(orderEvent("a", 1), orderEvent("b", 1));
  const accept = createIntake({ match: matchBeforeStoring, onStored: (told) => void stored.push(told) });
  await accept([orderEvent("c", 1)]);
  sender = startSender();
  for (const { deliveries } of stored) sender.offer(deliveries);
  await receiver.waitFor(3);
  expect(received()).toEqual(["a", "b", "c"]);
});

test("of one order the next waits for the end of the one before; other orders do not", async () => {
  await addWebhook({ retry_delay_seconds: 1, retry_count: 1 });
  failFirst({ id: "a", times: 2 });
  await storeMatched(orderEvent("a", 1), orderEvent("b", 1), orderEvent("c", 2));
  sender = startSender();
  await receiver.waitFor(4);
  const requests = received();
  expect(requests.filter((id) => id !== "c")).toEqual(["a", "a", "b"]);
  expect(requests.indexOf("c")).toBeLessThan(requests.lastIndexOf("a"));
});

test("an event that is sent by hand to a webhook it was not meant for goes at the end of its order's line", async () => {
  const webhookId = await addWebhook({ retry_delay_seconds: 1, send_on_order_created: false });
  failFirst({ id: "b", times: 1 });
  await storeMatched(orderEvent("a", 1), orderEvent("b", 1, "order.updated"));
  sender = startSender();
  await receiver.waitFor(1);
  await resendEvent({ actor: SYSTEM_ACTOR, eventId: "a", webhookId });
  sender.wake([webhookId]);
  await receiver.waitFor(3);
  expect(received()).toEqual(["b", "b", "a"]);
});

test("what was cancelled while it waited for its next attempt holds up nothing behind it", async () => {
  const webhookId = await addWebhook({ retry_delay_seconds: 300 });
  failFirst({ id: "a", times: 1 });
  await storeMatched(orderEvent("a", 1), orderEvent("b", 1));
  sender = startSender();
  await receiver.waitFor(1);
  await until(async () => (await rows(sql`select from deliveries where attempts = 1`)).length === 1);
  for (const is_active of [false, true]) {
    await updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input: { is_active } });
    sender.wake([webhookId]);
  }
  await resendEvent({ actor: SYSTEM_ACTOR, eventId: "b", webhookId });
  sender.wake([webhookId]);
  await receiver.waitFor(2);
  expect(received()).toEqual(["a", "b"]);
});

test("a webhook that does not keep the order sends a later event while an earlier one waits", async () => {
  await addWebhook({ ordered: false, retry_delay_seconds: 1 });
  failFirst({ id: "a", times: 1 });
  await storeMatched(orderEvent("a", 1), orderEvent("b", 1));
  sender = startSender();
  await receiver.waitFor(3);
  expect(received().at(-1)).toBe("a");
});

test("sends at most the limit at once to a webhook, and another one is not held up", async () => {
  await addWebhook();
  await addWebhook({ webhook_url: `${receiver.url}/healthy` });
  receiver.always((response, request) => (request.path === "/crm" ? hang() : answer(200))(response, request));
  const events = Array.from({ length: LIMIT + 4 }, (_, n) => orderEvent(`e-${n}`, n + 1));
  await storeMatched(...events);
  sender = startSender();
  await until(() => received("/healthy").length === events.length && received("/crm").length >= LIMIT);
  expect(received("/crm")).toHaveLength(LIMIT);
});

test("a webhook that was switched off after its deliveries were handed over gets none", async () => {
  const webhookId = await addWebhook();
  const accept = createIntake({ match: matchBeforeStoring, onStored: (told) => void stored.push(told) });
  await accept([orderEvent("a", 1)]);
  await updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input: { is_active: false } });
  sender = startSender();
  for (const { deliveries } of stored) sender.offer(deliveries);
  await until(() => sender?.inProgress() === 0);
  expect(await rows(sql`select state from deliveries`)).toEqual([{ state: "cancelled" }]);
  expect(receiver.requests).toEqual([]);
});

test("once stopped it begins nothing; another one goes on with what is left, under the same id", async () => {
  await addWebhook({ retry_delay_seconds: 1 });
  receiver.script(answer(500));
  await storeMatched(orderEvent("a", 1), orderEvent("b", 1));
  const first = startSender();
  await receiver.waitFor(1);
  await first.stop(5_000);
  await storeMatched(orderEvent("c", 1));
  first.wake([1]);
  expect(receiver.requests).toHaveLength(1);
  sender = startSender();
  await receiver.waitFor(4);
  expect(received()).toEqual(["a", "a", "b", "c"]);
  const [failed, repeated] = receiver.requests.map(({ headers }) => headers["webhook-id"]);
  expect(repeated).toBe(failed);
});
