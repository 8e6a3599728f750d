import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { actorAs } from "@/lib/auth/testing/actor-as";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { matchOrderEvent } from "@/lib/deliveries/match";
import { recordAttempt } from "@/lib/deliveries/record-attempt";
import { recordedAttempt } from "@/lib/deliveries/testing/recorded-attempt";
import { takeIikoMessages } from "@/lib/iiko/take-messages";
import { sampleText } from "@/lib/orders/iiko/testing/samples";
import { removeWebhook } from "@/lib/webhooks/remove";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { updateWebhook } from "@/lib/webhooks/update";
import { browseOrderEvents } from "./browse-order-events";
import { getOrderTimeline } from "./get-order-timeline";
import { getRawEvent } from "./get-raw-event";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const viewer = actorAs("viewer");
const operator = actorAs("operator");

type Fields = Record<string, unknown>;

/** Stores an event as it came in and matches it; returns its deliveries. */
async function receive({ id, name = "order.created", order }: { id: string; name?: string; order: Fields }) {
  await storeOrderEvent({ id, name, data: { order } });
  return matchOrderEvent(id);
}

describe("an order's timeline", () => {
  test("tells each event's changes and every webhook's decision as it was then", async () => {
    const crm = await makeWebhook({ name: "CRM" });
    const senler = await makeWebhook({ name: "Senler", filter_order_types: ["DELIVERY"] });
    const gone = await makeWebhook({ name: "Gone", send_on_order_created: false });
    const order = { id: 1, external_order_id: "t-1", status: "WaitCooking", order_type: "PICKUP" };
    const [delivery] = await receive({ id: "t-1-a", order });
    await recordAttempt(
      recordedAttempt({ webhook_id: crm, delivery_id: delivery?.id ?? null, event_id: "t-1-a" }),
    );
    await updateWebhook({ actor: SYSTEM_ACTOR, webhookId: senler, input: { is_active: false } });
    await removeWebhook({ actor: SYSTEM_ACTOR, webhookId: gone });
    const moved = { ...order, status: "OnWay", courier_name: "Олег", customer_name: "Анна" };
    await receive({ id: "t-1-b", name: "order.status_changed", order: moved });
    await storeOrderEvent({ id: "t-1-c", name: "order.updated", data: { order: { ...order, status: 1 } } });

    const timeline = await getOrderTimeline({ actor: operator, eventId: "t-1-b" });
    expect(timeline).toMatchObject({
      isCut: false,
      order: { order_external_id: "t-1", status: "OnWay", customer_name: "Анна" },
      events: [
        { id: "t-1-a", status: "WaitCooking", previous_status: null, changes: [], is_matched: true },
        {
          id: "t-1-b",
          status: "OnWay",
          previous_status: "WaitCooking",
          changes: [
            { field: "customer_name", from: null, to: "Анна" },
            { field: "courier_name", from: null, to: "Олег" },
          ],
        },
        { id: "t-1-c", state: "rejected", is_matched: false, decisions: [] },
      ],
    });
    const decisionsOf = (index: number) =>
      timeline.events[index]?.decisions.map(({ webhook_name, decision, skip, deliveries }) => ({
        name: webhook_name,
        decision,
        skip: skip?.code ?? null,
        states: deliveries.map(({ state, history }) => `${state} ${history.length}`),
      }));
    expect(decisionsOf(0)).toEqual([
      { name: "CRM", decision: "sent", skip: null, states: ["succeeded 1"] },
      { name: "Senler", decision: "not_sent", skip: "order_type_filter", states: [] },
      { name: "Gone", decision: "not_sent", skip: "event_off", states: [] },
    ]);
    expect(decisionsOf(1)).toEqual([
      { name: "CRM", decision: "sent", skip: null, states: ["pending 0"] },
      { name: "Senler", decision: "not_sent", skip: "inactive", states: [] },
    ]);
  });

  test("keeps from a viewer who the customer is and what was changed into what", async () => {
    await receive({ id: "t-2-a", order: { id: 2, status: "OnWay", customer_name: "Секретная Анна" } });
    const order = { id: 2, status: "OnWay", customer_name: "Секретный Пётр", total_amount: 1234567 };
    await receive({ id: "t-2-b", name: "order.updated", order });
    const timeline = await getOrderTimeline({ actor: viewer, eventId: "t-2-a" });
    expect(JSON.stringify(timeline)).not.toMatch(/Секретн|1234567/);
    expect(timeline.events[1]?.changes.map(({ field }) => field)).toEqual(["customer_name", "total_amount"]);
  });

  test("joins events by external id, and by id where one of them has none", async () => {
    const status = "OnWay";
    await receive({ id: "t-3-a", order: { id: 3, external_order_id: "t-3", status } });
    await receive({ id: "t-3-b", order: { id: 3, status } });
    await receive({ id: "t-3-c", order: { external_order_id: "t-3", status } });
    // Another sender counts its own ids.
    await receive({ id: "t-3-d", order: { id: 3, external_order_id: "other", status } });
    const idsOf = async (eventId: string) =>
      (await getOrderTimeline({ actor: viewer, eventId })).events.map(({ id }) => id);
    expect(await idsOf("t-3-a")).toEqual(["t-3-a", "t-3-b", "t-3-c"]);
    expect(await idsOf("t-3-c")).toEqual(["t-3-a", "t-3-c"]);
    expect(await idsOf("t-3-d")).toEqual(["t-3-b", "t-3-d"]);
  });

  test("an event that names no order stands alone; one that is not there is not found", async () => {
    await storeOrderEvent({ id: "t-4", name: "order.created", data: {} });
    const { events } = await getOrderTimeline({ actor: viewer, eventId: "t-4" });
    expect(events.map(({ id }) => id)).toEqual(["t-4"]);
    for (const eventId of ["nothing", "a\0b"]) {
      await expect(getOrderTimeline({ actor: viewer, eventId })).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("of a very long history the newest events are shown, and the one asked for", async () => {
    for (let index = 0; index < 103; index += 1) {
      await storeOrderEvent({
        id: `t-5-${index}`,
        name: "order.updated",
        data: { order: { id: 5, status: "OnWay" } },
      });
    }
    const { events, isCut } = await getOrderTimeline({ actor: viewer, eventId: "t-5-0" });
    expect(isCut).toBe(true);
    expect(events).toHaveLength(100);
    expect(events.map(({ id }) => id)).toEqual([
      "t-5-0",
      ...Array.from({ length: 99 }, (_, i) => `t-5-${i + 4}`),
    ]);
  });
});

describe("what came in", () => {
  test("is given as it came, for an accepted event and a rejected one, and to nobody below operator", async () => {
    const data = { order: { id: 7, status: "OnWay", b: 1.5, a: null }, note: "x" };
    await receive({ id: "raw-0", order: data.order });
    await storeOrderEvent({ id: "raw-1", name: "order.updated", data });
    const rejected = {
      id: "raw-2",
      name: "order.updated",
      data: { order: { id: 7, status: 5 } },
      extra: true,
    };
    await storeOrderEvent(rejected);
    expect(await getRawEvent({ actor: operator, id: "raw-1" })).toEqual({
      data: JSON.stringify(data),
      iiko: null,
    });
    expect(JSON.parse((await getRawEvent({ actor: operator, id: "raw-2" })).data)).toEqual(rejected);
    await expect(getRawEvent({ actor: viewer, id: "raw-1" })).rejects.toMatchObject({ code: "forbidden" });
    for (const id of ["nothing", "a\0b"]) {
      await expect(getRawEvent({ actor: operator, id })).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("of a message of iiko's own is that message, and the event that was made of it", async () => {
    const text = sampleText("soi-update.json");
    const [taken] = await takeIikoMessages([text]);
    const raw = await getRawEvent({ actor: operator, id: taken?.eventId ?? "" });
    expect(raw.iiko).toBe(text);
    expect(JSON.parse(raw.data)).toMatchObject({ order: { status: expect.any(String) } });
    expect(raw.data).not.toContain("iiko_message");
  });
});

describe("browsing what came in", () => {
  const idsFor = async (search: string, state?: "accepted" | "rejected") => {
    const { events } = await browseOrderEvents({ actor: viewer, search, state, limit: 10 });
    return events.map(({ id }) => id);
  };

  test("finds an order by number, external id, id and phone", async () => {
    const order = { id: 900_001, external_order_id: "b/1", readable_number: "4455", status: "OnWay" };
    await receive({ id: "b-1", order: { ...order, customer_phone: "+7 (921) 555-01-99" } });
    for (const typed of ["4455", "№4455", "b/1", "900001", "8 921 555-01-99", "79215550199", "01-99"]) {
      expect(await idsFor(typed), typed).toEqual(["b-1"]);
    }
    for (const typed of ["44", "44%", "199", "9215550198", "b/1\0x", "%", "_", "___"]) {
      expect(await idsFor(typed), typed).toEqual([]);
    }
    expect(await idsFor("4455", "rejected")).toEqual([]);
  });

  test("finds an order by how its id, its number or the customer's name begins, and how its id ends", async () => {
    const order = { external_order_id: "20200831-515", readable_number: "A-7788", status: "OnWay" };
    await receive({ id: "n-1", order: { ...order, customer_name: "Пётр  Ковалёв" } });
    for (const typed of ["20200831", "515", "-515", "A-77", "петр ков", "ПЁТР КОВ", "ковалев"]) {
      const { events } = await browseOrderEvents({ actor: operator, search: typed, limit: 10 });
      expect(
        events.map(({ id }) => id),
        typed,
      ).toEqual(["n-1"]);
    }
    for (const typed of ["0831-51", "валев", "Петр Иванов"]) {
      const { events } = await browseOrderEvents({ actor: operator, search: typed, limit: 10 });
      expect(events, typed).toEqual([]);
    }
    // People are for operators up.
    expect(await idsFor("ковалев")).toEqual([]);
  });

  test("pages from the newest down, with the deliveries of each", async () => {
    for (const id of ["p-1", "p-2", "p-3"]) {
      await receive({ id, order: { external_order_id: "paged", status: "OnWay" } });
    }
    const first = await browseOrderEvents({ actor: viewer, search: "paged", limit: 2 });
    expect(first.events.map(({ id }) => id)).toEqual(["p-3", "p-2"]);
    expect(first.events[0]?.deliveries).toMatchObject([{ webhook_name: "CRM", state: "pending" }]);
    const beforeSeq = first.nextBefore ?? 0;
    const second = await browseOrderEvents({ actor: viewer, search: "paged", beforeSeq, limit: 2 });
    expect(second.events.map(({ id }) => id)).toEqual(["p-1"]);
    expect(second.nextBefore).toBeNull();
  });
});
