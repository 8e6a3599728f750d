import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, openDatabase } from "@/db/client";
import { saveFlow } from "@/db/queries/flows";
import { deliveries, outgoingWebhooks, webhookIntervals, webhookStats } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { FREE_FLOW } from "@/db/testing/free-flow";
import { startEngine, stopEngine } from "@/inngest/engine";
import { sendOrderEvents } from "@/inngest/send";
import { forgetEnv } from "@/lib/env";
import { DURATION_BUCKETS_MS, durationBucket } from "@/lib/log/duration-buckets";
import { uuid7 } from "@/lib/uuid";
import { GET } from "./route";

const TOKEN = "metrics-token-nobody-may-see";
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  startEngine(await openDatabase({ dataDir: "" }));
});
beforeEach(() => setToken(TOKEN));
afterAll(async () => {
  await stopEngine();
  await database.close();
});

function setToken(token: string): void {
  process.env.METRICS_TOKEN = token;
  forgetEnv();
}

function scrape(authorization?: string): Promise<Response> {
  return GET(
    new Request("http://localhost/api/metrics", authorization ? { headers: { authorization } } : {}),
  );
}

test("is not there without METRICS_TOKEN, and refuses every other token", async () => {
  for (const wrong of [undefined, "", TOKEN, "Bearer ", `Bearer ${TOKEN}x`, `Basic ${TOKEN}`]) {
    expect((await scrape(wrong)).status, wrong).toBe(401);
  }
  setToken("");
  expect((await scrape(`Bearer ${TOKEN}`)).status).toBe(404);
  expect((await scrape("Bearer ")).status).toBe(404);
});

test("tells of webhooks, deliveries, intake, engine and process", async () => {
  const webhookId = await addWebhook();
  await addDeliveries(webhookId);
  await sendOrderEvents([
    { name: "order.created", data: { order: { id: 1, status: "Closed" } } },
    { name: "none" },
  ]);

  const response = await scrape(`Bearer ${TOKEN}`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("version=0.0.4");
  const text = await response.text();
  const labels = `webhook_id="${webhookId}",webhook="CRM \\"main\\""`;
  for (const line of [
    `iiko_webhooks_attempts_total{${labels},outcome="success"} 40`,
    `iiko_webhooks_attempts_total{${labels},outcome="failure"} 2`,
    `iiko_webhooks_webhook_active{${labels}} 1`,
    `iiko_webhooks_consecutive_failures{${labels}} 1`,
    `iiko_webhooks_last_success_timestamp_seconds{${labels}} 1770811200`,
    `iiko_webhooks_pending_deliveries{${labels}} 2`,
    `iiko_webhooks_attempt_duration_seconds_bucket{${labels},le="0.03"} 0`,
    `iiko_webhooks_attempt_duration_seconds_bucket{${labels},le="0.04"} 30`,
    `iiko_webhooks_attempt_duration_seconds_bucket{${labels},le="40.96"} 30`,
    `iiko_webhooks_attempt_duration_seconds_bucket{${labels},le="+Inf"} 32`,
    `iiko_webhooks_attempt_duration_seconds_count{${labels}} 32`,
    'iiko_webhooks_order_events_total{result="accepted"} 1',
    'iiko_webhooks_order_events_total{result="rejected"} 1',
    "iiko_webhooks_database_up 1",
  ]) {
    expect(text.split("\n")).toContain(line);
  }
  expect(text).toMatch(/iiko_webhooks_overdue_seconds\{.*\} (59|6\d)\.?\d*\n/);
  expect(text).toMatch(/iiko_webhooks_engine_active\{engine="embedded"\} [01]\n/);
  expect(text).toMatch(/process_resident_memory_bytes [1-9]\d+\n/);
  expect(text).not.toMatch(/NaN|undefined|null/);
});

test("tells of webhooks that are down or paused, of what waits for them and of what was given up", async () => {
  const webhookId = await addWebhook();
  await addDeliveries(webhookId);
  const id = uuid7();
  const givenUp = {
    state: "failed",
    refusal: { code: "given_up", minutes: 30 },
    finished_at: new Date(),
  };
  await db()
    .insert(deliveries)
    .values({ id, event_id: id, webhook_id: webhookId, body: "{}", ...givenUp });
  const later = Date.now() + 60_000;
  const gauges = async () => {
    const lines = (await (await scrape(`Bearer ${TOKEN}`)).text()).split("\n");
    const own = lines.filter((line) => line.includes(`webhook_id="${webhookId}"`));
    const read = (name: string) =>
      Number(own.find((line) => line.startsWith(`iiko_webhooks_${name}{`))?.split("} ")[1]);
    return ["webhook_down", "webhook_paused", "waiting_deliveries", "given_up_deliveries"].map(read);
  };
  const overdue = async () => {
    const text = await (await scrape(`Bearer ${TOKEN}`)).text();
    return Number(/^iiko_webhooks_overdue_seconds\{.*\} (\S+)$/m.exec(text)?.[1]);
  };
  expect(await gauges()).toEqual([0, 0, 0, 1]);
  await saveFlow(db(), { webhookId, flow: { ...FREE_FLOW, down_since: Date.now(), next_probe_at: later } });
  expect(await gauges()).toEqual([1, 0, 2, 1]);
  await saveFlow(db(), { webhookId, flow: { ...FREE_FLOW, pauses: 1, paused_until: later } });
  expect(await gauges()).toEqual([0, 1, 2, 1]);
  expect(await overdue()).toBeGreaterThan(50);

  await saveFlow(db(), { webhookId, flow: null });
  const pause = { holds_orders: true, since: Date.now(), until: null, reason: null, by: "anna" };
  await db().update(outgoingWebhooks).set({ is_active: false, pause });
  expect(await gauges()).toEqual([0, 0, 2, 1]);
  expect(await overdue()).toBe(0);
});

async function addWebhook(): Promise<number> {
  const values = { name: 'CRM "main"', webhook_url: "https://crm.example", send_on_order_created: false };
  const [webhook] = await db().insert(outgoingWebhooks).values(values).returning();
  const webhookId = webhook?.id ?? 0;
  const last_success_at = new Date("2026-02-11T12:00:00Z");
  await db().insert(webhookStats).values({
    webhook_id: webhookId,
    total_success: 40,
    total_failed: 2,
    consecutive_failures: 1,
    last_success_at,
  });
  const durations = new Array<number>(DURATION_BUCKETS_MS.length).fill(0);
  durations[durationBucket(35)] = 15;
  durations[durationBucket(90_000)] = 1;
  const midnight = new Date(new Date().toISOString().slice(0, 10)).getTime();
  for (const minutes of [-5, 0, 5]) {
    await db()
      .insert(webhookIntervals)
      .values({ webhook_id: webhookId, starts_at: new Date(midnight + minutes * 60_000), durations });
  }
  return webhookId;
}

async function addDeliveries(webhookId: number): Promise<void> {
  const createdAt = new Date(Date.now() - 60_000);
  for (const state of ["pending", "pending", "succeeded"]) {
    const id = uuid7();
    await db()
      .insert(deliveries)
      .values({ id, event_id: id, webhook_id: webhookId, state, body: "{}", created_at: createdAt });
  }
}
