import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { db, rows } from "@/db/client";
import { findFlow, saveFlow } from "@/db/queries/flows";
import type { StoredFlow } from "@/db/stored-flow";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { FREE_FLOW } from "@/db/testing/free-flow";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { matchOrderEvent } from "@/lib/deliveries/match";
import { numbers, receivedNumbers, storeOrders } from "@/lib/deliveries/testing/orders";
import { countStates, until } from "@/lib/deliveries/testing/waiting";
import { answer, type Behaviour } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { refuse } from "@/lib/refusals/refuse";
import type { WebhookPatch } from "@/lib/webhooks/schema";
import { makeWebhook, type WebhookFields } from "@/lib/webhooks/testing/make-webhook";
import { updateWebhook } from "@/lib/webhooks/update";
import { type Sender, startSender } from "./sender";

const LIMIT = 8;
const ORDERS = 30;
const HOUR_MS = 60 * 60_000;

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
  vi.useRealTimers();
  await sender?.stop(5_000);
  sender = null;
  await receiver.close();
});
afterAll(() => database.close());

async function addWebhook(fields: WebhookFields = {}): Promise<void> {
  const outlasting = { retry_count: 0, retry_delay_seconds: 1, give_up_after_minutes: 60 };
  webhookId = await makeWebhook({ webhook_url: `${receiver.url}/crm`, ...outlasting, ...fields });
}

async function edit(input: WebhookPatch): Promise<void> {
  await updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input });
  sender?.wake([webhookId]);
}

function setFlow(changes: Partial<StoredFlow>): Promise<void> {
  return saveFlow(db(), { webhookId, flow: { ...FREE_FLOW, ...changes } });
}

const DOWN = {
  down_since: Date.now() - HOUR_MS,
  down_reason: refuse("fault_reset_waiting", { at: "crm.example" }),
};

test.each<[string, () => Partial<StoredFlow>]>([
  ["down", () => ({ ...DOWN, next_probe_at: Date.now() })],
  ["paused", () => ({ paused_until: Date.now(), pauses: 1 })],
])("a process that starts while a webhook is %s begins with one request at once", async (_state, flow) => {
  await addWebhook();
  await storeOrders(ORDERS);
  await setFlow(flow());
  const load = counted({ delayMs: 20 });
  receiver.always(load.behaviour);
  sender = startSender();
  await until(async () => (await countStates()).succeeded === ORDERS);
  // One more with each success.
  expect(load.mostAhead()).toBeLessThanOrEqual(1);
});

test("an edit while a probe hangs is probed at once, whatever comes of that probe", async () => {
  await addWebhook();
  await storeOrders(ORDERS);
  await setFlow({ ...DOWN, probes: 9, next_probe_at: Date.now() });
  let refuse = () => {};
  receiver.script((response) => {
    refuse = () => response.writeHead(502).end();
  });
  sender = startSender();
  await receiver.waitFor(1);
  await edit({ webhook_url: `${receiver.url}/new` });
  refuse();
  await until(async () => (await countStates()).succeeded === ORDERS);
  expect(receiver.requests.map(({ path }) => path)).toEqual(["/crm", ...Array(ORDERS).fill("/new")]);
});

test("an edit while it is down is probed at once, also where the receiver asked to wait for an hour", async () => {
  await addWebhook();
  await storeOrders(ORDERS);
  const inAnHour = Date.now() + HOUR_MS;
  await setFlow({ ...DOWN, paused_until: inAnHour, next_probe_at: inAnHour });
  sender = startSender();
  await edit({ timeout_seconds: 10 });
  await until(async () => (await countStates()).succeeded === ORDERS);
});

test("a pause that one address asked for ends when a person gives another, and no sooner", async () => {
  await addWebhook();
  await storeOrders(ORDERS);
  await setFlow({ paused_until: Date.now() + HOUR_MS, pauses: 1 });
  sender = startSender();
  await edit({ timeout_seconds: 10 });
  expect((await findFlow(webhookId))?.paused_until).toBeGreaterThan(Date.now());
  const load = counted({ delayMs: 20 });
  receiver.always(load.behaviour);
  await edit({ webhook_url: `${receiver.url}/new` });
  await until(async () => (await countStates()).succeeded === ORDERS);
  expect(load.mostAhead()).toBeLessThanOrEqual(1);
});

test("a clock that is set ahead ends a pause at the next look", async () => {
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"], now: Date.now() });
  await addWebhook({ give_up_after_minutes: 0 });
  await storeOrders(ORDERS);
  await setFlow({ paused_until: Date.now() + HOUR_MS / 2, pauses: 1 });
  sender = startSender();
  // Time enough to see that it is paused.
  for (let n = 0; n < 20; n += 1) await findFlow(webhookId);
  vi.setSystemTime(Date.now() + HOUR_MS);
  vi.advanceTimersByTime(15_000);
  await until(async () => (await countStates()).succeeded === ORDERS);
});

test("of a webhook that is down, what is put off is not tried again and again", async () => {
  await addWebhook();
  await storeOrders(2);
  await rows(sql`update deliveries set next_attempt_at = now() + interval '10 minutes'`);
  await setFlow({ ...DOWN, next_probe_at: Date.now() });
  sender = startSender();
  // Time enough to read them and to find none that is due.
  for (let n = 0; n < 20; n += 1) await findFlow(webhookId);
  await storeOrders(1, 3);
  sender.wake([webhookId]);
  await receiver.waitFor(1);
  await until(() => sender?.inProgress() === 0);
  expect(receivedNumbers(receiver)).toEqual([3]);
  expect(await countStates()).toEqual({ succeeded: 1, pending: 2 });
});

test("orders are kept in order as soon as a person wants that, also those that wait", async () => {
  await addWebhook({ ordered: false });
  const orders = 3;
  const events = 4;
  for (let event = 1; event <= events; event += 1) {
    for (let order = 1; order <= orders; order += 1) {
      const id = `${order}-${event}`;
      await storeOrderEvent({
        id,
        name: "order.updated",
        data: { order: { id: order, status: "OnWay", readable_number: `${order}${event}` } },
      });
      await matchOrderEvent(id);
    }
  }
  await setFlow({ ...DOWN, next_probe_at: Date.now() });
  receiver.script(answer(502));
  sender = startSender();
  await until(async () => ((await findFlow(webhookId))?.probes ?? 0) === 1 && sender?.inProgress() === 0);
  await edit({ ordered: true });
  const seen = receiver.requests.length;
  receiver.always(answer(200));
  await until(async () => (await countStates()).succeeded === orders * events);
  const drained = receivedNumbers(receiver).slice(seen);
  for (const order of numbers(1, orders)) {
    const own = drained.filter((number) => Math.floor(number / 10) === order);
    expect([...new Set(own)]).toEqual(numbers(1, events).map((event) => order * 10 + event));
  }
});

test("a webhook that is to outlast no outage any more sends what waits, and what fails then has failed", async () => {
  await addWebhook();
  receiver.always(answer(500));
  await storeOrders(ORDERS);
  sender = startSender();
  await until(async () => (await findFlow(webhookId))?.down_since != null && sender?.inProgress() === 0);
  receiver.always((response, request) =>
    answer(request.body.includes('"readableNumber":"3"') ? 500 : 200)(response, request),
  );
  await edit({ give_up_after_minutes: 0 });
  await until(async () => (await countStates()).succeeded === ORDERS - 1);
  await until(async () => (await countStates()).failed === 1);
  expect((await findFlow(webhookId))?.down_since ?? null).toBeNull();
});

test("a receiver that asks for fewer requests, but cannot say for how long, is left alone all the same", async () => {
  await addWebhook({ retry_count: 3, give_up_after_minutes: 0 });
  await storeOrders(ORDERS);
  let refusedSince = 0;
  receiver.always((response, request) => {
    refusedSince ||= performance.now();
    // Less than the pause of a second.
    const isRefused = performance.now() - refusedSince < 500;
    answer(isRefused ? 429 : 200, isRefused ? { headers: { "retry-after": "-60" } } : {})(response, request);
  });
  sender = startSender();
  await until(async () => (await countStates()).succeeded === ORDERS);
  expect(receiver.requests.length).toBeLessThanOrEqual(ORDERS + LIMIT);
});

/** Answers 200 after `delayMs`; `mostAhead` is by how many the requests under way exceeded the successes. */
function counted({ delayMs }: { delayMs: number }): { behaviour: Behaviour; mostAhead: () => number } {
  let underWay = 0;
  let succeeded = 0;
  let mostAhead = 0;
  return {
    mostAhead: () => mostAhead,
    behaviour: (response, request) => {
      underWay += 1;
      mostAhead = Math.max(mostAhead, underWay - succeeded);
      response.once("finish", () => {
        underWay -= 1;
        succeeded += 1;
      });
      answer(200, { delayMs })(response, request);
    },
  };
}
