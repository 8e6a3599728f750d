import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { cancelWebhookDeliveries } from "@/db/queries/attempts";
import { findFlow, giveUpDeliveries, saveFlow } from "@/db/queries/flows";
import type { StoredRefusal } from "@/db/stored-refusal";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { createIntake } from "@/lib/deliveries/intake";
import { matchBeforeStoring } from "@/lib/deliveries/match";
import { numbers, receivedNumbers, storeOrders } from "@/lib/deliveries/testing/orders";
import { countStates, until } from "@/lib/deliveries/testing/waiting";
import { answer } from "@/lib/outbound/testing/behaviours";
import { bucket } from "@/lib/outbound/testing/bucket";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { refusalText } from "@/lib/refusals/refusal-text";
import { refuse } from "@/lib/refusals/refuse";
import { removeWebhook } from "@/lib/webhooks/remove";
import { makeWebhook, type WebhookFields } from "@/lib/webhooks/testing/make-webhook";
import { updateWebhook } from "@/lib/webhooks/update";
import { type Sender, startSender } from "./sender";

const LIMIT = 8;
const ORDERS = 30;

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
});
afterEach(async () => {
  await sender?.stop(5_000);
  sender = null;
  await receiver.close();
});
afterAll(() => database.close());

async function addWebhook(fields: WebhookFields = {}): Promise<void> {
  const outlasting = { retry_count: 0, retry_delay_seconds: 1, give_up_after_minutes: 60 };
  webhookId = await makeWebhook({ webhook_url: `${receiver.url}/crm`, ...outlasting, ...fields });
}

async function isDownNow(): Promise<boolean> {
  return (await findFlow(webhookId))?.down_since != null && sender?.inProgress() === 0;
}

/** The webhook is down, and its next probe is due now. */
async function probeNow(): Promise<void> {
  const flow = await findFlow(webhookId);
  await saveFlow(db(), { webhookId, flow: flow && { ...flow, next_probe_at: Date.now() } });
  sender?.wake([webhookId]);
}

async function goDown(): Promise<void> {
  receiver.always(answer(500));
  await storeOrders(ORDERS);
  sender = startSender();
  await until(isDownNow);
}

test("a receiver that is away takes its webhook down: what was under way fails, and nothing else is sent", async () => {
  await addWebhook();
  await goDown();
  expect(receiver.requests.length).toBeLessThanOrEqual(LIMIT);
  expect(await countStates()).toEqual({ pending: ORDERS });
  expect((await findFlow(webhookId))?.down_reason?.code).toBe("fault_status_5xx");
});

test("a probe is one request, for the order that waits longest; a failed one puts the next off for longer", async () => {
  await addWebhook();
  await goDown();
  const before = receiver.requests.length;
  await probeNow();
  await until(async () => ((await findFlow(webhookId))?.probes ?? 0) === 1);
  expect(receivedNumbers(receiver).slice(before)).toEqual([1]);
  const flow = await findFlow(webhookId);
  expect((flow?.next_probe_at ?? 0) - Date.now()).toBeGreaterThan(15_000);
});

test("the first success brings it up, and all that waited goes out in its order, once", async () => {
  await addWebhook();
  await goDown();
  const before = receiver.requests.length;
  receiver.always(answer(200));
  await probeNow();
  await until(async () => (await countStates()).succeeded === ORDERS);
  const drained = receivedNumbers(receiver).slice(before);
  expect(drained[0]).toBe(1);
  expect([...drained].sort((a, b) => a - b)).toEqual(numbers(1, ORDERS));
  expect(await findFlow(webhookId)).toBeNull();
});

test("a process that starts while a webhook is down waits for the probe, then drains what the table holds", async () => {
  await addWebhook();
  await goDown();
  await sender?.stop(5_000);
  const before = receiver.requests.length;
  receiver.always(answer(200));
  await storeOrders(5, ORDERS + 1);
  sender = startSender();
  await until(() => sender?.inProgress() === 0);
  expect(receiver.requests).toHaveLength(before);
  await probeNow();
  await until(async () => (await countStates()).succeeded === ORDERS + 5);
});

test("however much waits, a webhook that is down is probed, also by a process that starts then", async () => {
  await addWebhook();
  await goDown();
  await rows(sql`
    with added as (
      insert into order_events (id, name, data, state, order_id, matched_revision)
      select 'many-' || n, 'order.created', '{}', 'accepted', 1000 + n, 1 from generate_series(1, 2000) as n
      returning id, seq)
    insert into deliveries (id, event_id, webhook_id, body, position)
    select gen_random_uuid(), id, ${webhookId}, '{"readableNumber":"0"}', seq from added`);
  await probeNow();
  await until(async () => (await findFlow(webhookId))?.probes === 1);
  await sender?.stop(5_000);
  const before = receiver.requests.length;
  sender = startSender();
  await probeNow();
  await until(async () => (await findFlow(webhookId))?.probes === 2);
  expect(receivedNumbers(receiver).slice(before)).toEqual([1]);
  receiver.always(answer(200));
  await probeNow();
  await until(async () => (await countStates()).succeeded === ORDERS + 2_000);
}, 30_000);

test("an order that its receiver refuses for good fails alone and holds up none behind it", async () => {
  await addWebhook();
  receiver.always((response, request) =>
    answer(request.body.includes('"readableNumber":"3"') ? 422 : 200)(response, request),
  );
  await storeOrders(ORDERS);
  sender = startSender();
  await until(async () => (await countStates()).succeeded === ORDERS - 1);
  expect(await countStates()).toEqual({ succeeded: ORDERS - 1, failed: 1 });
});

test("without give_up_after_minutes a delivery fails after its attempts, as the guide says", async () => {
  await addWebhook({ give_up_after_minutes: 0 });
  receiver.always(answer(500));
  await storeOrders(3);
  sender = startSender();
  await until(async () => (await countStates()).failed === 3);
  expect(await findFlow(webhookId)).toBeNull();
});

test("what has waited for longer than the limit is given up and says so; the rest is still delivered", async () => {
  await addWebhook();
  await goDown();
  await rows(sql`update deliveries set created_at = now() - interval '61 minutes' where position <= 2`);
  expect(await giveUpDeliveries()).toEqual([{ webhook_id: webhookId, count: 2 }]);
  const [given] = await rows<{ refusal: StoredRefusal }>(
    sql`select refusal from deliveries where state = 'failed' limit 1`,
  );
  expect(given && refusalText(given.refusal)).toMatch(
    /^Given up after 60 minutes\. The last fault: .*answered 500/,
  );
  receiver.always(answer(200));
  await probeNow();
  await until(async () => (await countStates()).succeeded === ORDERS - 2);
});

test("a webhook that is switched off while it is down sends nothing and comes back without what was cancelled", async () => {
  await addWebhook();
  await goDown();
  const before = receiver.requests.length;
  await updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input: { is_active: false } });
  expect(await countStates()).toEqual({ cancelled: ORDERS });
  expect(await findFlow(webhookId)).toBeNull();
  receiver.always(answer(200));
  await updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input: { is_active: true } });
  await storeOrders(1, ORDERS + 1);
  sender?.wake([webhookId]);
  await until(async () => (await countStates()).succeeded === 1);
  expect(receivedNumbers(receiver).slice(before)).toEqual([ORDERS + 1]);
});

test("a webhook that is deleted while it is down sends nothing more, and the others go on", async () => {
  await addWebhook();
  await goDown();
  const before = receiver.requests.length;
  await removeWebhook({ actor: SYSTEM_ACTOR, webhookId });
  sender?.wake([webhookId]);
  receiver.always(answer(200));
  await addWebhook({ name: "another" });
  await storeOrders(3, ORDERS + 1);
  sender?.wake([webhookId]);
  await until(async () => (await countStates()).succeeded === 3);
  expect([...receivedNumbers(receiver).slice(before)].sort()).toEqual(numbers(ORDERS + 1, ORDERS + 3));
});

test("what came in while it was down and was cancelled then does not go out", async () => {
  await addWebhook();
  await goDown();
  const accept = createIntake({
    match: matchBeforeStoring,
    onStored: ({ deliveries }) => sender?.offer(deliveries),
  });
  await accept([{ id: "late", name: "order.created", data: { order: { id: 999, status: "OnWay" } } }]);
  await cancelWebhookDeliveries(db(), { webhookId, refusal: refuse("waiting_cancelled") });
  sender?.wake([webhookId]);
  receiver.always(answer(200));
  await storeOrders(1, ORDERS + 1);
  const before = receiver.requests.length;
  await probeNow();
  await until(async () => (await countStates()).succeeded === 1);
  expect(await countStates()).toEqual({ cancelled: ORDERS + 1, succeeded: 1 });
  expect(receivedNumbers(receiver).slice(before)).toEqual([ORDERS + 1]);
});

test("a webhook that is edited while it is down is probed at once", async () => {
  await addWebhook();
  await goDown();
  receiver.always(answer(200));
  await updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input: { timeout_seconds: 10 } });
  sender?.wake([webhookId]);
  await until(async () => (await countStates()).succeeded === ORDERS);
});

test("a receiver with a bucket of requests gets every order, and few requests more than that", async () => {
  await addWebhook({ retry_count: 3, give_up_after_minutes: 0 });
  const orders = 150;
  receiver.always(bucket({ size: 25, perSecond: 10 }));
  await storeOrders(orders);
  sender = startSender();
  await until(async () => (await countStates()).succeeded === orders);
  expect(receiver.requests.length).toBeLessThanOrEqual(orders * 1.3);
}, 60_000);

test("of Telegram's 429 the seconds in its body are waited for", async () => {
  await addWebhook({ retry_count: 3, retry_delay_seconds: 60 });
  receiver.script(answer(429, { body: { ok: false, error_code: 429, parameters: { retry_after: 1 } } }));
  await storeOrders(1);
  sender = startSender();
  await until(async () => (await findFlow(webhookId))?.paused_until != null);
  await storeOrders(1, 2);
  sender.wake([webhookId]);
  await receiver.waitFor(2);
  expect(receivedNumbers(receiver)).toEqual([1, 2]);
});
