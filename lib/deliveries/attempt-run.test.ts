import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { findFlow, saveFlow } from "@/db/queries/flows";
import { giveTurns, takeDeliveries } from "@/db/queries/turns";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { flowAfterHold } from "@/lib/webhooks/flow-after-edit";
import { pauseWebhook } from "@/lib/webhooks/pause";
import { probeNow } from "@/lib/webhooks/probe-now";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { updateWebhook } from "@/lib/webhooks/update";
import type { AttemptResult } from "./attempt";
import { attemptInRun } from "./attempt-run";
import { storeOrderEvent } from "./intake";
import { matchOrderEvent } from "./match";
import { resendEvent } from "./resend";

const MINUTE_MS = 60_000;

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
  const fields = { webhook_url: `${receiver.url}/crm`, retry_count: 0, give_up_after_minutes: 60 };
  webhookId = await makeWebhook(fields);
});
afterEach(() => receiver.close());
afterAll(() => database.close());

/** Stores an event of each order. */
async function store(...orders: number[]): Promise<void> {
  for (const order of orders) {
    const id = `${order}-${Math.random()}`;
    await storeOrderEvent({ id, name: "order.updated", data: { order: { id: order, status: "OnWay" } } });
    await matchOrderEvent(id);
  }
}

/** What Inngest is handed next, in the order of the line. */
async function next({ depth = 8, lateSeconds = 45 } = {}): Promise<string[]> {
  const turns = await giveTurns({ depths: [{ webhook_id: webhookId, depth }], lateSeconds });
  const given = new Set(turns.map(({ id }) => id));
  return (await stored()).filter((id) => given.has(id));
}

/** The deliveries, in the order in which their events were accepted. */
async function stored(): Promise<string[]> {
  const found = await rows<{ id: string }>(sql`select id from deliveries order by position`);
  return found.map(({ id }) => id);
}

function run(deliveryId = ""): Promise<AttemptResult> {
  return attemptInRun({ deliveryId, webhookId });
}

/** Its first delivery found the receiver away, and its probe is due. */
async function takeDown(deliveryId = ""): Promise<void> {
  receiver.script(answer(500));
  expect(await run(deliveryId)).toEqual({ done: false, delayMs: 0 });
  const flow = await findFlow(webhookId);
  expect(flow?.down_since).not.toBeNull();
  await saveFlow(db(), { webhookId, flow: flow && { ...flow, next_probe_at: Date.now() - 1 } });
}

test("of one order the first delivery is handed over, and the next when it has ended", async () => {
  await store(1, 1);
  const [first, second] = await stored();
  expect(await next()).toEqual([first]);
  expect(await next()).toEqual([]);
  expect(await run(first)).toEqual({ done: true });
  expect(await next()).toEqual([second]);
  expect(await run(second)).toEqual({ done: true });
  expect(await next()).toEqual([]);
  expect(receiver.requests).toHaveLength(2);
});

test("a run that is called again, as its process died once the delivery had ended, ends, and the next is handed over", async () => {
  await store(1, 1);
  const [first, second] = await stored();
  await run(first);
  expect(await run(first)).toEqual({ done: true });
  expect(await next()).toEqual([second]);
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

test("Inngest is handed no more of a webhook than it may have, oldest first, and the next as each ends", async () => {
  await store(1, 2, 3, 4);
  const [first, second, third, fourth] = await stored();
  expect(await next({ depth: 2 })).toEqual([first, second]);
  expect(await next({ depth: 2 })).toEqual([]);
  await run(second);
  expect(await next({ depth: 2 })).toEqual([third]);
  await Promise.all([run(first), run(third)]);
  expect(await next({ depth: 2 })).toEqual([fourth]);
});

test("a delivery that sleeps until its retry leaves its turn to others, and has a run again when that is lost", async () => {
  const fields = { retry_count: 3, retry_delay_seconds: 60, give_up_after_minutes: 0 };
  await updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input: fields });
  await store(1, 2);
  const [first, second] = await stored();
  expect(await next({ depth: 1 })).toEqual([first]);
  receiver.script(answer(500));
  expect(await run(first)).toEqual({ done: false, delayMs: 60_000 });
  expect(await next({ depth: 1 })).toEqual([second]);
  await rows(
    sql`update deliveries set next_attempt_at = now() - interval '40 seconds' where id = ${first}::uuid`,
  );
  expect(await next()).toEqual([]);
  await rows(
    sql`update deliveries set next_attempt_at = now() - interval '50 seconds' where id = ${first}::uuid`,
  );
  expect(await next()).toEqual([first]);
});

test("what Inngest has had for two minutes it seems to have lost: it is handed over again", async () => {
  await store(1);
  const [first] = await stored();
  expect(await next()).toEqual([first]);
  await rows(sql`update deliveries set run_until = run_until - interval '110 seconds'`);
  expect(await next()).toEqual([]);
  await rows(sql`update deliveries set run_until = run_until - interval '11 seconds'`);
  expect(await next()).toEqual([first]);
});

test("a webhook has as many requests at once as it may, in whichever process", async () => {
  await store(1, 2);
  const [first = "", second = ""] = await stored();
  const take = (id: string) => takeDeliveries({ ids: [id], atOnce: 1, now: Date.now() });
  expect(await next()).toEqual([first, second]);
  expect(await take(first)).toMatchObject([{ is_taken: true }]);
  expect(await take(second)).toMatchObject([{ is_taken: false, is_under_way: false }]);
  expect(await take(first)).toMatchObject([{ is_taken: false, is_under_way: true }]);
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
  expect(await next()).toEqual([first]);
  await run(first);
  expect(await next()).toEqual([sent.id]);
  await run(sent.id);
  expect(receiver.requests.map(({ headers }) => headers["webhook-event"])).toEqual([
    "order.updated",
    "order.cancelled",
  ]);
});

test("while a webhook is down only the oldest has a run, which probes; another ends unsent", async () => {
  await store(1, 2);
  const [first, second] = await stored();
  expect(await next()).toEqual([first, second]);
  await takeDown(first);
  await store(3);
  expect(await next()).toEqual([]);
  expect(await run(second)).toEqual({ done: true });
  expect(await next()).toEqual([first]);
  expect(await next()).toEqual([]);
  expect(receiver.requests).toHaveLength(1);
});

test("between two probes one run sleeps, and the others end", async () => {
  await store(1, 2, 3);
  const [first, second, third] = await stored();
  expect(await next()).toHaveLength(3);
  receiver.script(answer(500));
  await run(first);
  // The others still have their turns, so the first loses its own; the last of them to end hands it over again.
  expect(await run(first)).toEqual({ done: true });
  expect(await run(third)).toEqual({ done: true });
  expect(await next()).toEqual([]);
  expect(await run(second)).toEqual({ done: true });
  expect(await next()).toEqual([first]);
  expect(await run(first)).toMatchObject({ done: false, delayMs: expect.any(Number) });
  expect(await next()).toEqual([]);
  expect(receiver.requests).toHaveLength(1);
});

test("a probe or a pause that a clock which was set back has put out of reach waits no longer", async () => {
  await store(1, 2);
  const [first, second] = await stored();
  await takeDown(first);
  const flow = await findFlow(webhookId);
  await saveFlow(db(), { webhookId, flow: flow && { ...flow, next_probe_at: Date.now() + 10 * MINUTE_MS } });
  expect(await run(first)).toEqual({ done: true });
  expect(receiver.requests).toHaveLength(2);
  const paused = { ...flowAfterHold(), paused_until: Date.now() + 120 * MINUTE_MS };
  await saveFlow(db(), { webhookId, flow: paused });
  expect(await run(second)).toEqual({ done: true });
  expect(receiver.requests).toHaveLength(3);
});

test("a turn that a clock which was set back has put out of reach counts no longer", async () => {
  await store(1, 2, 3);
  const [first, second, third] = await stored();
  expect(await next({ depth: 2 })).toEqual([first, second]);
  await rows(sql`update deliveries set run_until = run_until + interval '1 hour'`);
  expect(await next({ depth: 2 })).toEqual([]);
  await rows(sql`update deliveries set run_until = run_until + interval '1 day'`);
  expect(await next({ depth: 2 })).toEqual([first, second]);
  expect(await next({ depth: 3 })).toEqual([third]);
});

test("«check now» reaches a probe whose process died before the clock was set back", async () => {
  await store(1, 2);
  const [first = ""] = await stored();
  await takeDown(first);
  await takeDeliveries({ ids: [first], atOnce: 8, now: Date.now() });
  await rows(sql`
    update deliveries set run_until = now() + interval '1 day', next_attempt_at = now() + interval '30 minutes'
    where id = ${first}::uuid`);
  await probeNow({ actor: SYSTEM_ACTOR, webhookId });
  expect(await run(first)).toEqual({ done: true });
  expect(receiver.requests).toHaveLength(2);
});

test("the probe that brings it up lets the first of each line through that waited, oldest first", async () => {
  await store(1, 2, 3, 2, 1);
  const [first, second, third, , last] = await stored();
  await takeDown(first);
  expect(await run(first)).toEqual({ done: true });
  expect(await findFlow(webhookId)).toBeNull();
  expect(await next()).toEqual([second, third, last]);
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
  await takeDeliveries({ ids: [first], atOnce: 8, now: Date.now() });
  const waits = await run(first);
  expect(waits.done ? 0 : waits.delayMs).toBeGreaterThan(25_000);
  expect(receiver.requests).toHaveLength(0);
  await rows(sql`
    update deliveries set next_attempt_at = now() - interval '1 second', run_until = now() - interval '1 second'`);
  expect(await run(first)).toEqual({ done: true });
  expect(receiver.requests).toHaveLength(1);
});

test("a fault of the product's own puts the delivery off, and after ten of them it fails and lets the next through", async () => {
  await store(1, 1);
  const [first, second] = await stored();
  await updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input: { timeout_seconds: 10 } });
  await rows(sql`update outgoing_webhooks set signing_secret_enc = 'not decipherable'`);
  expect(await run(first)).toMatchObject({ done: false, delayMs: 1_000 });
  await rows(sql`update deliveries set failures = 10, next_attempt_at = null where id = ${first}`);
  expect(await run(first)).toEqual({ done: true });
  expect(await next()).toEqual([second]);
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
  expect(await next()).toEqual([first, other]);
  await pauseWebhook({ actor: SYSTEM_ACTOR, webhookId, pause: hold });
  expect(await run(first)).toEqual({ done: true });
  expect(await run(other)).toEqual({ done: true });
  await store(3);
  const late = (await stored())[3];
  expect(await next()).toEqual([]);
  expect(receiver.requests).toHaveLength(0);

  await updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input: { is_active: true } });
  expect(await next()).toEqual([first]);
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
