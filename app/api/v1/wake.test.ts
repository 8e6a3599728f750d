import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { db, openDatabase, rows } from "@/db/client";
import { findFlow, saveFlow } from "@/db/queries/flows";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { FREE_FLOW } from "@/db/testing/free-flow";
import { embeddedEngine, startEngine, stopEngine } from "@/inngest/engine";
import { sendOrderEvents, wakeWebhook } from "@/inngest/send";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { matchOrderEvent } from "@/lib/deliveries/match";
import { countStates, until } from "@/lib/deliveries/testing/waiting";
import { forgetEnv } from "@/lib/env";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { cancelWaiting } from "@/lib/webhooks/cancel-waiting";
import { probeNow } from "@/lib/webhooks/probe-now";
import { sendWaiting } from "@/lib/webhooks/send-waiting";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { apiAs } from "./testing/api";

const ORDERS = 5;
const HOUR_MS = 3_600_000;

let database: TestDatabase;
let receiver: Receiver;
/** Takes what is sent to Inngest's event API. */
let inngest: Receiver;
let webhookId: number;

beforeAll(async () => {
  process.env.OUTBOUND_ALLOW = "127.0.0.1";
  database = await openTestDatabase();
  inngest = await startReceiver();
  inngest.always(answer(200, { body: JSON.stringify({ ids: [], status: 200 }) }));
});
beforeEach(async () => {
  await database.empty();
  receiver = await startReceiver();
  webhookId = await makeWebhook({ webhook_url: receiver.url, retry_count: 0, give_up_after_minutes: 600 });
});
afterEach(async () => {
  await stopEngine();
  useInngest(false);
  await receiver.close();
});
afterAll(async () => {
  await inngest.close();
  await database.close();
});

function useInngest(isUsed: boolean): void {
  if (isUsed) process.env.INNGEST_DEV = inngest.url;
  else delete process.env.INNGEST_DEV;
  forgetEnv();
  inngest.requests.length = 0;
}

const VERBS: [string, () => Promise<unknown>][] = [
  [
    "an edit",
    async () => (await apiAs("manager"))("PATCH", `outgoing-webhooks/${webhookId}`, { timeout_seconds: 9 }),
  ],
  ["«check now»", () => probeNow({ actor: SYSTEM_ACTOR, webhookId }).then(() => wakeWebhook(webhookId))],
  [
    "«send what waits»",
    () => sendWaiting({ actor: SYSTEM_ACTOR, webhookId }).then(() => wakeWebhook(webhookId)),
  ],
];

function events() {
  return Array.from({ length: ORDERS }, (_, index) => ({
    id: `e-${index}`,
    name: "order.created",
    data: { order: { id: index + 1, readable_number: `${index + 1}`, status: "OnWay" } },
  }));
}

/** The receiver was away, the next probe is an hour off, and now it is back. */
async function goDown(): Promise<void> {
  receiver.always(answer(500));
  startEngine(await openDatabase({ dataDir: "" }));
  await sendOrderEvents(events());
  await until(async () => {
    const isDown = (await findFlow(webhookId))?.down_since != null;
    return isDown && embeddedEngine().inProgress() === 0;
  });
  const flow = await findFlow(webhookId);
  await saveFlow(db(), { webhookId, flow: flow && { ...flow, next_probe_at: Date.now() + HOUR_MS } });
  receiver.always(answer(200));
}

test.each(VERBS)("%s is noticed at once by the embedded engine", async (_what, act) => {
  await goDown();
  await act();
  await until(async () => (await countStates()).succeeded === ORDERS);
  expect(await findFlow(webhookId)).toBeNull();
});

test("what waits for its next attempt after a pause goes out at once when a manager sends it", async () => {
  receiver.always(answer(429, { headers: { "retry-after": "3000" } }));
  await (await apiAs("manager"))("PATCH", `outgoing-webhooks/${webhookId}`, { retry_count: 3 });
  startEngine(await openDatabase({ dataDir: "" }));
  await sendOrderEvents(events().slice(0, 1));
  await until(async () => {
    const isPaused = (await findFlow(webhookId))?.paused_until != null;
    return isPaused && embeddedEngine().inProgress() === 0;
  });
  receiver.always(answer(200));
  await sendWaiting({ actor: SYSTEM_ACTOR, webhookId });
  await wakeWebhook(webhookId);
  await until(async () => (await countStates()).succeeded === 1);
});

test("what was cancelled while it waited does not go out when the webhook comes up", async () => {
  await goDown();
  const before = receiver.requests.length;
  expect(await cancelWaiting({ actor: SYSTEM_ACTOR, webhookId })).toBe(ORDERS);
  await wakeWebhook(webhookId);
  await sendOrderEvents([
    { id: "later", name: "order.created", data: { order: { id: 99, status: "OnWay" } } },
  ]);
  await probeNow({ actor: SYSTEM_ACTOR, webhookId });
  await wakeWebhook(webhookId);
  await until(async () => (await countStates()).succeeded === 1);
  expect(await countStates()).toEqual({ cancelled: ORDERS, succeeded: 1 });
  expect(receiver.requests).toHaveLength(before + 1);
});

type Message = { id: string; data: { delivery_id: string } };

test.each([
  ["one that is down", true, 1],
  ["one that is up again", false, ORDERS],
])("on Inngest, of %s the deliveries that may go are started anew", async (_what, isDown, expected) => {
  useInngest(true);
  for (const event of events()) {
    await storeOrderEvent(event);
    await matchOrderEvent(event.id);
  }
  await rows(sql`update deliveries set created_at = now() - interval '1 minute'`);
  const flow = { ...FREE_FLOW, down_since: Date.now(), next_probe_at: Date.now() };
  await saveFlow(db(), { webhookId, flow: isDown ? flow : null });
  await wakeWebhook(webhookId);
  const messages = inngest.requests.flatMap(({ body }) => JSON.parse(body) as Message[]);
  expect(new Set(messages.map(({ data }) => data.delivery_id)).size).toBe(expected);
  expect(messages.every(({ id }) => /^deliver-webhook\/.+\/\d+$/.test(id))).toBe(true);
});
