import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AttemptRecord } from "@/db/queries/attempt-record";
import { insertAttempts } from "@/db/queries/attempts";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { ROLES, SYSTEM_ACTOR } from "@/lib/auth/actor";
import { actorAs } from "@/lib/auth/testing/actor-as";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { matchOrderEvent } from "@/lib/deliveries/match";
import { resendAttempt } from "@/lib/deliveries/resend";
import { resendFailed } from "@/lib/deliveries/resend-failed";
import { recordedAttempt } from "@/lib/deliveries/testing/recorded-attempt";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { updateWebhook } from "@/lib/webhooks/update";
import { countFailed } from "./count-failed";
import { DURATION_BUCKETS_MS } from "./duration-buckets";
import { getDeliveryHistory } from "./get-delivery-history";
import { getNeighbours } from "./get-neighbours";
import { getOverview, OVERVIEW_PERIODS } from "./get-overview";
import { listNewerAttempts } from "./list-newer-attempts";
import type { Period } from "./periods";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const viewer = actorAs("viewer");
const manager = actorAs("manager");
let counter = 0;

/** An event's delivery to a webhook, tried once. Returns the id of its log row. */
async function deliver({
  webhookId,
  success,
  name = "order.created",
  order = {},
}: {
  webhookId: number;
  success: boolean;
  name?: string;
  order?: Record<string, unknown>;
}) {
  counter += 1;
  const eventId = `event-${counter}`;
  await storeOrderEvent({ id: eventId, name, data: { order: { id: counter, status: "OnWay", ...order } } });
  const deliveries = await matchOrderEvent(eventId);
  const delivery = deliveries.find((one) => one.webhookId === webhookId);
  const logId = await record(
    recordedAttempt({
      webhook_id: webhookId,
      delivery_id: delivery?.id ?? null,
      event_id: eventId,
      event_type: name,
      success,
    }),
  );
  return { eventId, logId };
}

async function record(attempt: AttemptRecord): Promise<number> {
  const [id] = await insertAttempts([attempt], DURATION_BUCKETS_MS.length);
  return id ?? 0;
}

describe("what failed within a filter", () => {
  const always = { since: new Date(0), until: new Date("2999-01-01") };

  test("is counted by webhook and resent by the same filter, once", async () => {
    const crm = await makeWebhook({ name: "CRM" });
    const off = await makeWebhook({ name: "Off" });
    for (const success of [false, false, true]) await deliver({ webhookId: crm, success });
    await deliver({
      webhookId: crm,
      success: false,
      name: "order.updated",
      order: { external_order_id: "x-1" },
    });
    await deliver({ webhookId: off, success: false });
    await updateWebhook({ actor: SYSTEM_ACTOR, webhookId: off, input: { is_active: false } });

    const counts = (filter: object) => countFailed({ actor: manager, ...always, ...filter });
    expect(await counts({})).toMatchObject([
      { webhook_name: "CRM", is_active: true, count: 3 },
      { webhook_name: "Off", is_active: false, count: 1 },
    ]);
    expect(await counts({ webhookId: off })).toMatchObject([{ webhook_name: "Off", count: 1 }]);
    expect(await counts({ eventName: "order.updated" })).toMatchObject([{ webhook_name: "CRM", count: 1 }]);
    expect(await counts({ orderExternalId: "x-1" })).toMatchObject([{ count: 1 }]);
    expect(await counts({ orderId: 1 })).toMatchObject([{ count: 1 }]);
    expect(await counts({ eventName: "test" })).toEqual([]);
    expect(await counts({ since: new Date("2998-01-01") })).toEqual([]);

    const resend = (filter: object) => resendFailed({ actor: manager, ...always, webhookId: crm, ...filter });
    expect(await resend({ eventName: "order.updated" })).toHaveLength(1);
    expect(await counts({ eventName: "order.updated" })).toEqual([]);
    expect(await resend({})).toHaveLength(2);
    expect(await counts({ webhookId: crm })).toEqual([]);
    expect(await resend({})).toEqual([]);
    await expect(resend({ webhookId: off })).rejects.toMatchObject({ code: "conflict" });
  });

  test.each(ROLES.filter((role) => role === "viewer" || role === "operator"))(
    "a %s may neither count nor resend",
    async (role) => {
      const input = { actor: actorAs(role), ...always };
      await expect(async () => countFailed(input)).rejects.toMatchObject({ code: "forbidden" });
      await expect(resendFailed({ ...input, webhookId: 1 })).rejects.toMatchObject({ code: "forbidden" });
      await expect(resendAttempt({ ...input, logId: 1 })).rejects.toMatchObject({ code: "forbidden" });
    },
  );
});

test("a delivery's history holds its attempts and what was resent", async () => {
  const webhookId = await makeWebhook({ name: "History" });
  const { eventId, logId } = await deliver({ webhookId, success: false });
  const resent = await resendAttempt({ actor: manager, logId });
  const history = await getDeliveryHistory({ actor: viewer, eventId, webhookId });
  expect(history).toMatchObject([
    { is_resend: false, state: "failed", history: [{ id: logId, success: false, error_code: "http_5xx" }] },
    { id: resent.id, is_resend: true, state: "pending", history: [] },
  ]);
});

test("the attempts beside one are those of the filters it was found by", async () => {
  const own = await makeWebhook({ name: "Beside" });
  const other = await makeWebhook({ name: "Beside too" });
  const ids: number[] = [];
  for (const [webhookId, success] of [
    [own, false],
    [other, true],
    [own, true],
    [own, false],
  ] as const) {
    ids.push(await record(recordedAttempt({ webhook_id: webhookId, delivery_id: null, success })));
  }
  const [first = 0, second = 0, third = 0, last = 0] = ids;
  const beside = (logId: number, filters: object = {}) =>
    getNeighbours({ actor: viewer, filters: { limit: 1, ...filters }, logId });
  expect(await beside(second)).toEqual({ newer: third, older: first });
  expect(await beside(first, { webhook_id: own })).toEqual({ newer: third, older: null });
  expect(await beside(last, { webhook_id: own, success: false })).toEqual({
    newer: null,
    older: first,
  });
  expect(await beside(first, { webhook_id: own, success: false })).toMatchObject({ newer: last });
  expect(await beside(first, { webhook_id: other })).toMatchObject({ newer: second });
});

describe("what is newer in the log", () => {
  test("joins on to what is known, filtered, and says when there is a gap", async () => {
    const webhookId = await makeWebhook({ name: "Newer" });
    const first = await deliver({ webhookId, success: true });
    const filters = { webhook_id: webhookId, limit: 100 };
    const newer = (afterId: number, more: object = {}) =>
      listNewerAttempts({ actor: viewer, filters: { ...filters, ...more }, afterId });
    expect(await newer(first.logId)).toMatchObject({ hasGap: false });
    const second = await deliver({ webhookId, success: false });
    const { attempts, hasGap } = await newer(first.logId);
    expect(attempts.map(({ id }) => id)).toEqual([second.logId, first.logId]);
    expect(hasGap).toBe(false);
    expect((await newer(first.logId, { success: false })).attempts).toHaveLength(1);

    const many = Array.from({ length: 120 }, () =>
      record(recordedAttempt({ webhook_id: webhookId, delivery_id: null })),
    );
    await Promise.all(many);
    expect(await newer(second.logId)).toMatchObject({ hasGap: true });
  });
});

describe("the overview", () => {
  beforeEach(() => database.empty());

  test.each(Object.keys(OVERVIEW_PERIODS) as Period[])("of a %s adds up", async (period) => {
    const fine = await makeWebhook({ name: "Fine" });
    const failing = await makeWebhook({ name: "Failing" });
    await deliver({ webhookId: fine, success: true });
    await deliver({ webhookId: failing, success: true });
    const { logId } = await deliver({ webhookId: failing, success: false });
    const now = new Date();
    const overview = await getOverview({ actor: viewer, period, timeZone: "Europe/Moscow", now });
    expect(overview).toMatchObject({ sent: 3, failed: 1, successRate: 66.6, p50Ms: 20, p95Ms: 20 });
    // Each event went to both webhooks, and each was tried at one of them.
    expect(overview.pending).toBe(3);
    expect(overview.series).toHaveLength(OVERVIEW_PERIODS[period].steps);
    expect(overview.series.at(-1)).toMatchObject({ sent: 3, failed: 1 });
    expect(overview.series.slice(0, -1).every(({ sent }) => sent === 0)).toBe(true);
    expect(overview.webhooks).toMatchObject([
      {
        webhook_name: "Failing",
        isFailing: true,
        sent: 2,
        failed: 1,
        lastFault: { logId, code: "http_5xx" },
      },
      { webhook_name: "Fine", isFailing: false, sent: 1, failed: 0, lastFault: null },
    ]);
  });

  test("timeouts of 30 s read as 30 s, and a webhook that gets few through is unsteady", async () => {
    const slow = await makeWebhook({ name: "Slow" });
    const requests = Array.from({ length: 12 }, (_, index) => index >= 10);
    for (const success of requests) {
      counter += 1;
      const given = { webhook_id: slow, delivery_id: crypto.randomUUID(), event_id: `slow-${counter}` };
      await record(recordedAttempt({ ...given, success, duration_ms: success ? 90 : 30_000 }));
    }
    const overview = await getOverview({ actor: viewer, period: "hour", timeZone: "UTC" });
    expect(overview.successRate).toBe(16.6);
    expect(overview.p95Ms).toBeGreaterThan(29_500);
    expect(overview.p95Ms).toBeLessThanOrEqual(30_000);
    expect(overview.webhooks).toMatchObject([{ p95Ms: overview.p95Ms, state: "unsteady", isFailing: false }]);
  });

  test("steps of hours begin where they begin in the reader's zone", async () => {
    await makeWebhook({ name: "Any" });
    const now = new Date("2026-02-11T12:10:00Z");
    const startsIn = async (timeZone: string) =>
      (await getOverview({ actor: viewer, period: "day", timeZone, now })).series.at(-1)?.startsAt;
    expect(await startsIn("Europe/Moscow")).toBe("2026-02-11T12:00:00Z");
    expect(await startsIn("Asia/Kolkata")).toBe("2026-02-11T11:30:00Z");
  });
});
