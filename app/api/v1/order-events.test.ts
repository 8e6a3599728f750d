import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { deliveries, orderEvents } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { OrderEventDetail, OrderEventSummary } from "@/lib/openapi/answers";
import { apiAs, type Call } from "./testing/api";

let database: TestDatabase;
let viewer: Call;
let operator: Call;
let manager: Call;

const ORDER = { id: 7, status: "OnWay", organization_id: "org-1", customer_phone: "+79991234567" };
const GOOD = { webhook_url: "https://a.example/hook" };

beforeAll(async () => {
  database = await openTestDatabase();
  manager = await apiAs("manager");
  operator = await apiAs("operator");
  viewer = await apiAs("viewer");
  await createWebhook({ name: "sent" });
  await createWebhook({ name: "ticks", send_on_order_status_changed: false });
  await createWebhook({ name: "org", filter_organization_ids: ["org-2"] });
  await createWebhook({ name: "type", filter_order_types: ["PICKUP"] });
  await createWebhook({ name: "status", filter_statuses: ["Delivered", "Closed"] });
  await createWebhook({ name: "off", is_active: false });
  await createWebhook({ name: "deleted before" });
  await manager("DELETE", "outgoing-webhooks/7");
  await createWebhook({ name: "deleted since" });
  await db()
    .insert(orderEvents)
    .values(event({ id: "e-1", matched_revision: 9 }));
  // What changes afterwards does not change what was decided.
  await manager("PATCH", "outgoing-webhooks/2", { send_on_order_status_changed: true });
  await manager("DELETE", "outgoing-webhooks/8");
  await createWebhook({ name: "made since" });
  await db()
    .insert(deliveries)
    .values([
      delivery({ id: "0190163d-8694-739b-aea5-966c26f8ad90", webhook_id: 1, state: "succeeded" }),
      delivery({
        id: "0190163d-8694-739b-aea5-966c26f8ad91",
        webhook_id: 9,
        state: "pending",
        is_resend: true,
      }),
    ]);
  await db()
    .insert(orderEvents)
    .values([
      event({ id: "e-2", name: "order.created", order_external_id: "A-2" }),
      {
        ...event({ id: "bad/1", state: "rejected" }),
        reason: "data.order.status: expected text, got nothing",
      },
    ]);
});
afterAll(() => database.close());

async function createWebhook(fields: Record<string, unknown>): Promise<void> {
  expect((await manager("POST", "outgoing-webhooks", { ...GOOD, ...fields })).status).toBe(201);
}

type EventRow = typeof orderEvents.$inferInsert;

function event(fields: Partial<EventRow> & { id: string }): EventRow {
  return {
    name: "order.status_changed",
    data: JSON.stringify({ order: ORDER, previous_status: "Waiting" }),
    state: "accepted",
    order_id: 7,
    order_external_id: "A-1",
    order_status: "OnWay",
    customer_phone: ORDER.customer_phone,
    ...fields,
  };
}

function delivery(fields: Pick<typeof deliveries.$inferInsert, "id" | "webhook_id" | "state" | "is_resend">) {
  return { event_id: "e-1", body: "{}", attempts: 1, ...fields };
}

describe("what came in", () => {
  test.each([
    ["", ["bad/1", "e-2", "e-1"]],
    ["?state=rejected", ["bad/1"]],
    ["?state=accepted", ["e-2", "e-1"]],
    ["?name=order.created", ["e-2"]],
    ["?name=order.cancelled", []],
    ["?order_external_id=A-2", ["e-2"]],
    ["?order_external_id=A-1&state=accepted", ["e-1"]],
    ["?until=2020-01-01T00:00:00Z", []],
    ["?since=2020-01-01T00:00:00Z", ["bad/1", "e-2", "e-1"]],
  ])("is listed newest first: %s", async (query, ids) => {
    const answer = await viewer("GET", `order-events${query}`);
    expect(answer.status, answer.text).toBe(200);
    const events = (answer.body as unknown[]).map((one) => OrderEventSummary.parse(one));
    expect(events.map(({ id }) => id)).toEqual(ids);
    expect(answer.text).not.toContain(ORDER.customer_phone);
  });

  test("is paged by its order of arrival", async () => {
    const first = await viewer("GET", "order-events?limit=2");
    expect((first.body as { id: string }[]).map(({ id }) => id)).toEqual(["bad/1", "e-2"]);
    const next = /<([^>]+)>/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    const second = await viewer("GET", next);
    expect((second.body as { id: string }[]).map(({ id }) => id)).toEqual(["e-1"]);
    expect(second.headers.get("link")).toBeNull();
  });

  test.each(["state=pending", "name=order.eaten", "order_id=1", "limit=501", "since=now"])(
    "refuses %s",
    async (query) => {
      expect((await viewer("GET", `order-events?${query}`)).status).toBe(422);
    },
  );

  test("a rejected one says why and was decided about by nobody", async () => {
    const { body } = await viewer("GET", "order-events/bad%2F1");
    expect(OrderEventDetail.parse(body)).toMatchObject({
      state: "rejected",
      reason: expect.stringContaining("status"),
      is_matched: false,
      decisions: [],
    });
    expect((await viewer("GET", "order-events/none")).status).toBe(404);
    expect((await viewer("GET", "order-events/%00")).status).toBe(404);
  });
});

test("one order event tells for each webhook why it was sent or not, as things were then", async () => {
  const { body } = await operator("GET", "order-events/e-1");
  const detail = OrderEventDetail.parse(body);
  expect(detail).toMatchObject({ is_matched: true, data: { order: ORDER, previous_status: "Waiting" } });
  const decisions = detail.decisions.map((one) => [
    one.webhook_name,
    one.decision,
    one.reason_code,
    one.deliveries.map(({ state, is_resend }) => (is_resend ? `${state} again` : state)).join(),
  ]);
  expect(decisions).toEqual([
    ["sent", "sent", undefined, "succeeded"],
    ["ticks", "not_sent", "event_off", ""],
    ["org", "not_sent", "organization_filter", ""],
    ["type", "not_sent", "order_type_filter", ""],
    ["status", "not_sent", "status_filter", ""],
    ["off", "not_sent", "inactive", ""],
    ["deleted since", "sent", "webhook_deleted", ""],
    ["made since", "sent", undefined, "pending again"],
  ]);
  expect(detail.decisions[4]?.reason).toContain("OnWay");
});

test("below operator an order event is shown without what was sent", async () => {
  const answer = await viewer("GET", "order-events/e-1");
  expect(OrderEventDetail.parse(answer.body)).not.toHaveProperty("data");
  expect(answer.text).not.toContain(ORDER.customer_phone);
});
