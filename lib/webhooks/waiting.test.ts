import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { findFlow, saveFlow } from "@/db/queries/flows";
import { auditLog, deliveries } from "@/db/schema";
import type { StoredFlow } from "@/db/stored-flow";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { FREE_FLOW } from "@/db/testing/free-flow";
import type { Actor } from "@/lib/auth/actor";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { matchOrderEvent } from "@/lib/deliveries/match";
import { recordAttempt } from "@/lib/deliveries/record-attempt";
import { recordedAttempt } from "@/lib/deliveries/testing/recorded-attempt";
import { drainSeconds, type HeldUp, listHeldUp } from "@/lib/log/held-up";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { cancelWaiting } from "./cancel-waiting";
import { probeNow } from "./probe-now";
import { sendWaiting } from "./send-waiting";

const SINCE = Date.parse("2026-02-11T12:00:00Z");
const DOWN: StoredFlow = {
  ...FREE_FLOW,
  down_since: SINCE,
  down_reason: {
    code: "fault_network",
    host: "crm.example",
    detail: "https://crm.example/hook?token=planted",
  },
  probes: 3,
  next_probe_at: Date.now() + 300_000,
};
const PAUSED: StoredFlow = {
  ...DOWN,
  down_since: null,
  down_reason: null,
  next_probe_at: null,
  paused_until: Date.now() + 300_000,
};
const manager: Actor = { kind: "user", id: 1, name: "anna", role: "manager" };
const viewer: Actor = { ...manager, role: "viewer" };

let database: TestDatabase;
let webhookId: number;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await database.empty();
  webhookId = await makeWebhook();
});
afterAll(() => database.close());

async function receive(id: string, order: object): Promise<string> {
  await storeOrderEvent({ id, name: "order.created", data: { order: { status: "OnWay", ...order } } });
  return (await matchOrderEvent(id))[0]?.id ?? "";
}

async function holdUp(flow: StoredFlow): Promise<void> {
  await saveFlow(db(), { webhookId, flow });
}

async function heldUp(actor: Actor = manager): Promise<HeldUp | undefined> {
  return (await listHeldUp({ actor, webhookIds: [webhookId] })).get(webhookId);
}

async function states(): Promise<string[]> {
  return (await db().select().from(deliveries).orderBy(deliveries.position)).map(({ state }) => state);
}

async function lastAudit() {
  const rows = await db().select().from(auditLog).orderBy(auditLog.id);
  return rows.at(-1);
}

describe("what is told of a webhook that is held up", () => {
  test("of one that is down: since when, why, the next probe, the orders that wait and how long they take", async () => {
    const first = await receive("e-0", { id: 9 });
    await recordAttempt(recordedAttempt({ webhook_id: webhookId, delivery_id: first, event_id: "e-0" }));
    await receive("e-1", { id: 1 });
    await receive("e-2", { id: 1 });
    await receive("e-3", { external_order_id: "x" });
    await holdUp(DOWN);
    expect(await heldUp()).toEqual({
      kind: "down",
      since: "2026-02-11T12:00:00.000Z",
      fault: DOWN.down_reason,
      nextProbeAt: new Date(DOWN.next_probe_at ?? 0).toISOString(),
      orders: 2,
      deliveries: 3,
      isCapped: false,
      drainSeconds: 1,
    });
    expect(JSON.stringify(await heldUp(viewer))).not.toContain("planted");
  });

  test("of one that is paused: until when; of one that flows or whose pause is over, nothing", async () => {
    expect(await heldUp()).toBeUndefined();
    await holdUp(PAUSED);
    expect(await heldUp()).toMatchObject({
      kind: "paused",
      until: new Date(PAUSED.paused_until ?? 0).toISOString(),
    });
    await holdUp({ ...PAUSED, paused_until: Date.now() - 1 });
    expect(await heldUp()).toBeUndefined();
  });

  test.each([
    [
      "many orders at full speed, after a slow start",
      { deliveries: 2_000, orders: null, average_ms: 400 },
      101,
    ],
    ["one at once, then two, four, eight", { deliveries: 15, orders: 15, average_ms: 1_000 }, 4],
    ["one order's events, one after another", { deliveries: 100, orders: 1, average_ms: 1_000 }, 100],
    ["the same where no order is kept", { deliveries: 95, orders: 1, ordered: false, average_ms: 1_000 }, 14],
    ["one", { deliveries: 1, orders: 1, average_ms: 20 }, 1],
    ["a receiver that never took any", { deliveries: 500, orders: 500, average_ms: null }, null],
  ])("how long the drain takes, eight at once: %s", (_what, waiting, expected) => {
    expect(drainSeconds({ ordered: true, ...waiting })).toBe(expected);
  });
});

describe("what a manager can do about it", () => {
  test("check now: the next probe is due, whatever pause was asked for", async () => {
    await holdUp({ ...DOWN, paused_until: Date.now() + 300_000 });
    await probeNow({ actor: manager, webhookId });
    const flow = await findFlow(webhookId);
    expect(flow).toMatchObject({ down_since: SINCE, probes: 3, paused_until: null });
    expect(flow?.next_probe_at).toBeLessThanOrEqual(Date.now());
    expect(await lastAudit()).toMatchObject({ action: "webhook.probe_now", actor_name: "anna" });
  });

  test("send what waits: nothing holds it up any more", async () => {
    await holdUp(DOWN);
    await sendWaiting({ actor: manager, webhookId });
    expect(await findFlow(webhookId)).toBeNull();
    expect(await lastAudit()).toMatchObject({ action: "webhook.send_waiting" });
  });

  test("cancel what waits: counted, with a reason, and the webhook stays down", async () => {
    await receive("e-1", { id: 1 });
    await receive("e-2", { id: 2 });
    await holdUp(DOWN);
    expect(await cancelWaiting({ actor: manager, webhookId })).toBe(2);
    expect(await states()).toEqual(["cancelled", "cancelled"]);
    expect(await findFlow(webhookId)).toEqual(DOWN);
    expect(await lastAudit()).toMatchObject({
      action: "webhook.cancel_waiting",
      changes: { count: { from: null, to: 2 } },
    });
  });

  test.each([
    ["check now", probeNow],
    ["send what waits", sendWaiting],
    ["cancel what waits", cancelWaiting],
  ])("%s is refused where nothing holds the webhook up, and where there is none", async (_what, verb) => {
    await receive("e-1", { id: 1 });
    await expect(verb({ actor: manager, webhookId })).rejects.toMatchObject({ code: "conflict" });
    await expect(verb({ actor: manager, webhookId: 99 })).rejects.toMatchObject({ code: "not_found" });
    expect(await states()).toEqual(["pending"]);
    expect(await lastAudit()).toMatchObject({ action: "webhook.create" });
  });
});
