import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { findFlow, saveFlow } from "@/db/queries/flows";
import { findOverdueDeliveries } from "@/db/queries/overdue";
import { claimDelivery } from "@/db/queries/pending-deliveries";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { createWebhook } from "@/lib/webhooks/create";
import { pauseWebhook } from "@/lib/webhooks/pause";
import { WebhookCreate } from "@/lib/webhooks/schema";
import { updateWebhook } from "@/lib/webhooks/update";
import { attemptInRun, findWaiting, type RunResult } from "./attempt-run";
import { storeOrderEvent } from "./intake";
import { matchOrderEvent } from "./match";
import { resendEvent } from "./resend";

let database: TestDatabase;
let receiver: Receiver;
let webhookId: number;

beforeAll(async () => {
  process.env.OUTBOUND_ALLOW = "127.0.0.1";
  database = await openTestDatabase();
});
beforeEach(async () => {
  await database.empty();
  receiver = await startReceiver();
  const fields = {
    name: "CRM",
    webhook_url: `${receiver.url}/crm`,
    retry_count: 0,
    give_up_after_minutes: 60,
  };
  webhookId = (await createWebhook({ actor: SYSTEM_ACTOR, input: WebhookCreate.parse(fields) })).id;
});
afterEach(() => receiver.close());
afterAll(() => database.close());

/** Stores an event of each order and returns which deliveries were asked for. */
async function store(...orders: number[]): Promise<number> {
  let started = 0;
  for (const order of orders) {
    const id = `${order}-${Math.random()}`;
    await storeOrderEvent({ id, name: "order.updated", data: { order: { id: order, status: "OnWay" } } });
    started += (await matchOrderEvent(id)).length;
  }
  return started;
}

/** The deliveries, in the order in which their events were accepted. */
async function stored(): Promise<string[]> {
  const found = await rows<{ id: string }>(sql`select id from deliveries order by position`);
  return found.map(({ id }) => id);
}

async function run(deliveryId = ""): Promise<RunResult & { started?: string[] }> {
  const result = await attemptInRun({ deliveryId, webhookId });
  return result.done ? { ...result, started: result.start.map(({ id }) => id) } : result;
}

/** Its first delivery found the receiver away, and its probe is due. */
async function takeDown(deliveryId = ""): Promise<void> {
  receiver.script(answer(500));
  expect(await run(deliveryId)).toMatchObject({ done: false });
  const flow = await findFlow(webhookId);
  expect(flow?.down_since).not.toBeNull();
  await saveFlow(db(), { webhookId, flow: flow && { ...flow, next_probe_at: Date.now() - 1 } });
}

test("of one order the first delivery is asked for, and its end names the next", async () => {
  expect(await store(1, 1)).toBe(1);
  const [first, second] = await stored();
  expect(await run(second)).toMatchObject({ done: true, started: [first] });
  // A start of its own: Inngest ignores an id that it had before.
  expect(await run(first)).toMatchObject({ done: true, started: [second], startAs: `after-${first}` });
  expect(await run(second)).toMatchObject({ done: true, started: [] });
  expect(receiver.requests).toHaveLength(2);
});

test("a run that is called again, as its process died once the delivery had ended, names the next as it should have", async () => {
  await store(1, 1);
  const [first, second] = await stored();
  await run(first);
  expect(await run(first)).toMatchObject({ done: true, started: [second], startAs: `after-${first}` });
  expect(receiver.requests).toHaveLength(1);
});

test("an edit while a probe hangs on Inngest is probed at once, whatever comes of that probe", async () => {
  await store(1, 2);
  const [first] = await stored();
  await takeDown(first);
  let refuse = () => {};
  receiver.script((response) => {
    refuse = () => response.writeHead(502).end();
  });
  const probe = run(first);
  await receiver.waitFor(2);
  await updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input: { webhook_url: `${receiver.url}/new` } });
  refuse();
  expect(await probe).toMatchObject({ done: false, delayMs: 0 });
  expect(await run(first)).toMatchObject({ done: true });
  expect(receiver.requests.map(({ path }) => path)).toEqual(["/crm", "/crm", "/new"]);
});

test("an event that is sent by hand to a webhook it was not meant for waits for the line of its order", async () => {
  await storeOrderEvent({
    id: "off",
    name: "order.cancelled",
    data: { order: { id: 1, status: "Cancelled" } },
  });
  expect(await matchOrderEvent("off")).toEqual([]);
  await store(1);
  const [first] = await stored();
  const sent = await resendEvent({ actor: SYSTEM_ACTOR, eventId: "off", webhookId });
  expect(await run(sent.id)).toMatchObject({ done: true, started: [first] });
  expect(await run(first)).toMatchObject({ done: true, started: [sent.id] });
  expect(await run(sent.id)).toMatchObject({ done: true, started: [] });
  expect(receiver.requests.map(({ headers }) => headers["webhook-event"])).toEqual([
    "order.updated",
    "order.cancelled",
  ]);
});

test("while a webhook is down no delivery is asked for, and one that has a run names the one that probes", async () => {
  await store(1, 2);
  const [first, second] = await stored();
  await takeDown(first);
  expect(await store(3)).toBe(0);
  const { down_since } = (await findFlow(webhookId)) ?? {};
  expect(await run(second)).toMatchObject({ done: true, started: [first], startAs: `down-${down_since}` });
  expect(receiver.requests).toHaveLength(1);
});

test("the probe that brings it up names the first of each line that waited, oldest first", async () => {
  await store(1, 2, 3, 2, 1);
  const [first, second, third, , last] = await stored();
  await takeDown(first);
  expect(await run(first)).toMatchObject({ done: true, started: [second, third, last] });
  expect(await findFlow(webhookId)).toBeNull();
});

test("two runs that found a delivery due at the same moment make one request", async () => {
  await store(1);
  const [first] = await stored();
  receiver.always(answer(200));
  await Promise.all([run(first), run(first), run(first)]);
  expect(receiver.requests).toHaveLength(1);
});

test("a delivery that another process attempts is left to it until its request would be over", async () => {
  await store(1);
  const [first = ""] = await stored();
  const claim = (until: number) =>
    claimDelivery({ id: first, next_attempt_at: null, until: new Date(Date.now() + until) });
  expect(await claim(60_000)).toBe(true);
  expect(await claim(60_000)).toBe(false);
  const waits = await run(first);
  expect(waits.done ? 0 : waits.delayMs).toBeGreaterThan(50_000);
  expect(receiver.requests).toHaveLength(0);
  await rows(sql`update deliveries set next_attempt_at = now() - interval '1 second'`);
  expect(await run(first)).toMatchObject({ done: true });
  expect(receiver.requests).toHaveLength(1);
});

test("a fault of the product's own puts the delivery off, and after ten of them it fails and lets the next through", async () => {
  await store(1, 1);
  const [first, second] = await stored();
  await updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input: { timeout_seconds: 10 } });
  await rows(sql`update outgoing_webhooks set signing_secret_enc = 'not decipherable'`);
  expect(await run(first)).toMatchObject({ done: false, delayMs: 1_000 });
  await rows(sql`update deliveries set failures = 10, next_attempt_at = null where id = ${first}`);
  expect(await run(first)).toMatchObject({ done: true, started: [second] });
  expect(await rows(sql`select state from deliveries where id = ${first}`)).toEqual([{ state: "failed" }]);
});

test("after a pause one request goes out at once, and one more with each success", async () => {
  await store(1, 2, 3, 4, 5, 6);
  const all = await stored();
  receiver.script(answer(429));
  expect(await run(all[0])).toMatchObject({ done: false });
  const flow = await findFlow(webhookId);
  await saveFlow(db(), {
    webhookId,
    flow: flow && { ...flow, paused_until: Date.now() - 1, down_since: null, next_probe_at: null },
  });
  await rows(sql`update deliveries set next_attempt_at = null`);
  let atOnce = 0;
  const seen: number[] = [];
  receiver.always((response, request) => {
    atOnce += 1;
    seen.push(atOnce);
    response.once("close", () => {
      atOnce -= 1;
    });
    answer(200, { delayMs: 30 })(response, request);
  });
  await Promise.all(all.map(run));
  expect(seen.slice(0, 2)).toEqual([1, 1]);
  expect(receiver.requests).toHaveLength(1 + all.length);
});

test("what a person holds has no run, and switching on starts the first of each line, one at once", async () => {
  const hold = { holdsOrders: true, until: null, reason: null };
  await store(1, 1, 2);
  const [first, , other] = await stored();
  await pauseWebhook({ actor: SYSTEM_ACTOR, webhookId, pause: hold });
  expect(await run(first)).toMatchObject({ done: true, started: [] });
  expect(await store(3)).toBe(1);
  const late = (await stored())[3];
  expect(await run(late)).toMatchObject({ done: true, started: [] });
  expect(await findWaiting({ webhookId, after: null })).toEqual({ start: [] });
  expect(await findOverdueDeliveries({ fromSeconds: 0, after: null, limit: 10 })).toEqual([]);
  expect(receiver.requests).toHaveLength(0);

  await updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input: { is_active: true } });
  const waiting = await findWaiting({ webhookId, after: null });
  expect(waiting.start.map(({ id }) => id)).toEqual([first, other, late]);
  const traffic: string[] = [];
  receiver.always((response, request) => {
    traffic.push("request");
    response.once("finish", () => traffic.push("answer"));
    answer(200, { delayMs: 50 })(response, request);
  });
  await Promise.all([run(first), run(other), run(late)]);
  expect(traffic.slice(0, 2)).toEqual(["request", "answer"]);
  expect(receiver.requests).toHaveLength(3);
  expect(await findFlow(webhookId)).toBeNull();
});
