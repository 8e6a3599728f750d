import { describe, expect, test } from "vitest";
import { refusalsText } from "@/lib/refusals/refusal-text";
import { prepareOrderEvent, readStoredOrderEvent } from "./prepare-order-event";

const order = { id: 7, external_order_id: "x-7", status: "WAIT_COOKING", customer_phone: "+79991234567" };
const good = { id: "e-1", name: "order.created", ts: 1_790_000_000_000, data: { order } };

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

describe("prepareOrderEvent", () => {
  test("keeps the order as it came and picks its columns", () => {
    const { row, event } = prepareOrderEvent(good);
    expect(row).toEqual({
      id: "e-1",
      name: "order.created",
      ts: "2026-09-21T14:13:20.000Z",
      data: JSON.stringify(good.data),
      state: "accepted",
      refusals: null,
      order_id: 7,
      order_external_id: "x-7",
      readable_number: null,
      customer_phone: "+79991234567",
      customer_name: null,
      order_status: "WaitCooking",
    });
    expect(event?.order.status).toBe("WaitCooking");
    expect(readStoredOrderEvent(row)).toEqual(event);
  });

  test.each([
    ["in seconds", 1_790_000_000, "2026-09-21T14:13:20.000Z"],
    ["in seconds, with a fraction", 1_790_000_000.25, "2026-09-21T14:13:20.250Z"],
    ["in the future", Date.UTC(2099), "2099-01-01T00:00:00.000Z"],
    ["none", 0, null],
    ["before 1980", 300_000_000, null],
    ["after 2100", Date.UTC(2101), null],
    ["beyond all dates", 1e300, null],
    ["negative", -5, null],
  ])("takes an event with a ts %s", (_what, ts, kept) => {
    expect(prepareOrderEvent({ ...good, ts }).row).toMatchObject({ state: "accepted", ts: kept });
  });

  test("gives an id where there is none", () => {
    const { id: _id, ...withoutId } = good;
    const ids = [prepareOrderEvent(withoutId), prepareOrderEvent(withoutId)].map(({ row }) => row.id);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  test.each([
    ["no object", 5, /must be a JSON object/],
    ["an array", [good], /must be a JSON object/],
    ["no name", { data: { order } }, /name/],
    ["an unknown name", { ...good, name: "order.eaten" }, /name.*order\.created/],
    ["no data", { name: "order.created" }, /data/],
    ["no order", { name: "order.created", data: {} }, /order/],
    ["no status", { ...good, data: { order: { id: 1 } } }, /status/],
    ["money as text", { ...good, data: { order: { ...order, total_amount: "12,5" } } }, /total_amount/],
    ["an id that is an object", { ...good, id: {} }, /^id: expected text/],
    ["an id that is too long", { ...good, id: "x".repeat(201) }, /^id: .*200/],
    ["an id with a NUL", { ...good, id: "a\0b" }, /^id: /],
    ["a ts that is text", { ...good, ts: "now" }, /^ts: /],
    ["a ts that is an object", { ...good, ts: {} }, /^ts: .*an object/],
    ["nesting that exhausts a stack", { ...good, data: nested(100_000) }, /./],
  ])("keeps an event with %s as rejected, with the reason", (_name, raw, reason) => {
    const { row, event } = prepareOrderEvent(raw);
    expect(event).toBeNull();
    expect(row.state).toBe("rejected");
    expect(refusalsText(row.refusals ?? [])).toMatch(reason);
    expect(() => JSON.parse(row.data)).not.toThrow();
  });

  test("a rejected event still names its order", () => {
    const { row } = prepareOrderEvent({ ...good, data: { order: { ...order, status: 5 } } });
    expect(row).toMatchObject({ state: "rejected", order_id: 7, order_external_id: "x-7" });
  });

  test("text that Postgres cannot hold becomes text that it can", () => {
    const { row } = prepareOrderEvent({
      ...good,
      data: { order: { ...order, readable_number: "5\0\ud800" } },
    });
    expect(row.readable_number).toBe("5\ufffd\ufffd");
    expect(row.data).not.toContain("\0");
  });
});
