import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { rows } from "@/db/client";
import { giveUpDeliveries } from "@/db/queries/flows";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { matchOrderEvent } from "@/lib/deliveries/match";
import { numbers, receivedNumbers, storeOrders } from "@/lib/deliveries/testing/orders";
import { countStates, until } from "@/lib/deliveries/testing/waiting";
import { getOrderEvent } from "@/lib/log/get-order-event";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { cancelWaiting } from "@/lib/webhooks/cancel-waiting";
import { getWebhook } from "@/lib/webhooks/get";
import { pauseUnlessWaiting, pauseWebhook } from "@/lib/webhooks/pause";
import { removeWebhook } from "@/lib/webhooks/remove";
import { resumeDue } from "@/lib/webhooks/resume-due";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { updateWebhook } from "@/lib/webhooks/update";
import { type Sender, startSender } from "./sender";

const actor = SYSTEM_ACTOR;
const HOLD = { holdsOrders: true, until: null, reason: null };
const HOUR_MS = 3_600_000;

let database: TestDatabase;
let receiver: Receiver;
let sender: Sender | null = null;
let webhookId: number;

beforeAll(async () => {
  process.env.OUTBOUND_ALLOW = "127.0.0.1";
  database = await openTestDatabase();
});
beforeEach(async () => {
  await database.empty();
  receiver = await startReceiver();
  webhookId = await makeWebhook({
    webhook_url: `${receiver.url}/crm`,
    retry_count: 9,
    retry_delay_seconds: 300,
    give_up_after_minutes: 60,
  });
});
afterEach(async () => {
  await sender?.stop(5_000);
  sender = null;
  await receiver.close();
});
afterAll(() => database.close());

async function addOrders(count: number, from = 1): Promise<void> {
  await storeOrders(count, from);
  sender?.wake([webhookId]);
}

async function switchOn(): Promise<void> {
  await updateWebhook({ actor, webhookId, input: { is_active: true } });
  sender?.wake([webhookId]);
}

/** Deliveries of another webhook got through, so that the engine has had its turn with this one. */
async function aTurn(): Promise<void> {
  const other = await startReceiver();
  const id = await makeWebhook({ name: "Other", webhook_url: other.url });
  await storeOrderEvent({
    id: `t-${id}`,
    name: "order.created",
    data: { order: { id: 9_000 + id, status: "OnWay" } },
  });
  await rows(sql`update outgoing_webhooks set send_on_order_created = (id = ${id})`);
  await matchOrderEvent(`t-${id}`);
  sender?.wake([webhookId, id]);
  await other.waitFor(1);
  await removeWebhook({ actor, webhookId: id });
  await rows(sql`delete from deliveries where webhook_id = ${id}`);
  await rows(sql`update outgoing_webhooks set send_on_order_created = true`);
  await other.close();
}

test("twenty orders that wait are held, five new ones wait too, and all go out in order once it is on", async () => {
  receiver.always(answer(500));
  await addOrders(20);
  sender = startSender();
  await until(() => receiver.requests.length >= 8);
  await pauseWebhook({ actor, webhookId, pause: HOLD });
  sender.wake([webhookId]);
  await until(() => sender?.inProgress() === 0);
  const before = receiver.requests.length;
  receiver.always(answer(200));
  await addOrders(5, 21);
  await rows(sql`update deliveries set next_attempt_at = null`);
  sender.wake([webhookId]);
  await until(() => sender?.inProgress() === 0);
  expect(await countStates()).toEqual({ pending: 25 });
  expect(receiver.requests).toHaveLength(before);
  expect((await getWebhook({ actor, webhookId })).is_active).toBe(false);
  const event = await getOrderEvent({ actor, id: "e-23" });
  expect(event.decisions[0]?.deliveries[0]?.waits_for).toBe("waits while the webhook is paused");

  await switchOn();
  await until(async () => (await countStates()).succeeded === 25);
  const drained = receivedNumbers(receiver).slice(before);
  expect(drained[0]).toBe(1);
  expect([...drained].sort((a, b) => a - b)).toEqual(numbers(1, 25));
});

test("what was held begins with one request at once, oldest first", async () => {
  await pauseWebhook({ actor, webhookId, pause: HOLD });
  await addOrders(12);
  sender = startSender();
  await until(() => sender?.inProgress() === 0);
  const traffic: string[] = [];
  receiver.always((response, request) => {
    traffic.push("request");
    response.once("finish", () => traffic.push("answer"));
    answer(200, { delayMs: 50 })(response, request);
  });
  await switchOn();
  await until(async () => (await countStates()).succeeded === 12);
  expect(traffic.slice(0, 2)).toEqual(["request", "answer"]);
  expect(receivedNumbers(receiver)[0]).toBe(1);
});

test("what was put off before the pause goes before what came after it", async () => {
  receiver.always(answer(404));
  await addOrders(3);
  sender = startSender();
  await until(() => sender?.inProgress() === 0 && receiver.requests.length === 3);
  await pauseWebhook({ actor, webhookId, pause: HOLD });
  await sender.stop(0);
  await addOrders(2, 4);
  sender = startSender();
  // It knows of the new ones only once it has read what there is.
  await aTurn();
  receiver.always(answer(200));
  await switchOn();
  await until(async () => (await countStates()).succeeded === 5);
  expect(receivedNumbers(receiver).slice(3)[0]).toBe(1);
});

test("a process that dies while orders are held loses none: the next one holds them, and sends them once it is on", async () => {
  await pauseWebhook({ actor, webhookId, pause: HOLD });
  await addOrders(20);
  sender = startSender();
  await sender.stop(0);
  sender = startSender();
  await addOrders(5, 21);
  await until(() => sender?.inProgress() === 0);
  expect(receiver.requests).toHaveLength(0);
  await switchOn();
  await until(async () => (await countStates()).succeeded === 25);
  expect([...receivedNumbers(receiver)].sort((a, b) => a - b)).toEqual(numbers(1, 25));
});

test("a pause that cancels ends what waits, and nothing is matched until it is on", async () => {
  await pauseWebhook({ actor, webhookId, pause: HOLD });
  await addOrders(3);
  const cancelled = await pauseWebhook({ actor, webhookId, pause: { ...HOLD, holdsOrders: false } });
  expect(cancelled).toBe(3);
  await addOrders(2, 4);
  expect(await countStates()).toEqual({ cancelled: 3 });
  sender = startSender();
  await switchOn();
  await addOrders(1, 6);
  await receiver.waitFor(1);
  expect(receivedNumbers(receiver)).toEqual([6]);
});

test("switching off over the API cancels what waits, leaves a pause that holds alone, and switching on ends it", async () => {
  await pauseWebhook({ actor, webhookId, pause: HOLD });
  await addOrders(2);
  await updateWebhook({ actor, webhookId, input: { is_active: false, name: "CRM 2" } });
  expect(await countStates()).toEqual({ pending: 2 });
  await switchOn();
  await updateWebhook({ actor, webhookId, input: { is_active: false } });
  expect(await countStates()).toEqual({ cancelled: 2 });
});

test("at its end a pause is over by itself, and what was held goes out", async () => {
  const now = Date.now();
  await pauseWebhook({ actor, webhookId, pause: { ...HOLD, until: now + HOUR_MS } });
  await addOrders(3);
  sender = startSender();
  expect(await resumeDue(now + HOUR_MS - 1)).toEqual([]);
  expect(await resumeDue(now + HOUR_MS)).toEqual([webhookId]);
  sender.wake([webhookId]);
  await until(async () => (await countStates()).succeeded === 3);
  expect((await getWebhook({ actor, webhookId })).is_active).toBe(true);
});

test("nothing is given up while it is held, and its limit counts from the end of the pause", async () => {
  await pauseWebhook({ actor, webhookId, pause: HOLD });
  await addOrders(2);
  await rows(sql`update deliveries set created_at = now() - interval '3 days'`);
  expect(await giveUpDeliveries()).toEqual([]);
  await switchOn();
  expect(await giveUpDeliveries()).toEqual([]);
  sender = startSender();
  await until(async () => (await countStates()).succeeded === 2);
});

test("a request that was under way when it was paused is recorded and does not end the pause", async () => {
  let finish = () => {};
  receiver.always((response) => {
    finish = () => response.writeHead(429, { "retry-after": "1" }).end();
  });
  sender = startSender();
  await addOrders(1);
  await receiver.waitFor(1);
  await pauseWebhook({ actor, webhookId, pause: HOLD });
  sender.wake([webhookId]);
  finish();
  await until(() => sender?.inProgress() === 0);
  receiver.always(answer(200));
  await rows(sql`update deliveries set next_attempt_at = null`);
  await aTurn();
  expect(receiver.requests).toHaveLength(1);
  await switchOn();
  await receiver.waitFor(2);
});

test("⏸ pauses at once while nothing waits, and else says how much does; deleting cancels it", async () => {
  expect(await pauseUnlessWaiting({ actor, webhookId })).toEqual({ isPaused: true });
  await addOrders(2);
  expect(await pauseUnlessWaiting({ actor, webhookId })).toEqual({ isPaused: false, waiting: 2 });
  expect(await cancelWaiting({ actor, webhookId })).toBe(2);
  await addOrders(1, 3);
  await removeWebhook({ actor, webhookId });
  expect(await countStates()).toEqual({ cancelled: 3 });
});
