import { describe, expect, test } from "vitest";
import { refusalsText } from "@/lib/refusals/refusal-text";
import { ORDER_COLUMNS } from "./columns";
import { Order } from "./order";
import { parseOrderEvent } from "./order-event";
import { SAMPLE_EVENT, SAMPLE_ORDER } from "./sample";

const minimal = { id: 1, status: "OnWay" };

function parseOrder(order: unknown) {
  return parseOrderEvent({ name: "order.updated", data: { order } });
}

function reasonFor(order: Record<string, unknown>) {
  return reasonOf(parseOrder({ ...minimal, ...order }));
}

function reasonOf(parsed: ReturnType<typeof parseOrderEvent>) {
  return parsed.ok ? "accepted" : refusalsText(parsed.refusals);
}

function itemNested(levels: number): Record<string, unknown> {
  return levels === 0 ? { name: "a" } : { name: "a", modifiers: [itemNested(levels - 1)] };
}

describe("parseOrderEvent accepts", () => {
  test("the sample, unchanged", () => {
    const { name, order, previousStatus } = SAMPLE_EVENT;
    const raw = { id: "e-1", name, ts: 1790000000000, data: { order, previous_status: previousStatus } };
    expect(parseOrderEvent(raw)).toEqual({ ok: true, name, order, previousStatus });
  });

  test("SOI spellings of both statuses, normalised", () => {
    const raw = {
      name: "order.status_changed",
      data: { order: { id: 1, status: "COOKING_STARTED" }, previous_status: "WAIT_COOKING" },
    };
    expect(parseOrderEvent(raw)).toEqual({
      ok: true,
      name: "order.status_changed",
      order: { id: 1, status: "CookingStarted" },
      previousStatus: "WaitCooking",
    });
  });

  test.each([
    ["only an id", { id: 4_294_967_296, status: "OnWay" }],
    ["only an external id", { external_order_id: "A-1", status: "OnWay" }],
    ["an unknown status", { id: 1, status: "Packed" }],
    ["unknown fields", { ...minimal, loyalty: { points: [1, 2] }, items: [{ name: "a", vat: 10 }] }],
    [
      "null in every optional column",
      Object.fromEntries([...ORDER_COLUMNS.map((column) => [column, null]), ...Object.entries(minimal)]),
    ],
    ["a negative sum and part of a kilogram", { ...minimal, total_amount: -500, items: [{ amount: 0.35 }] }],
    ["ten levels of modifiers", { ...minimal, items: [itemNested(10)] }],
    ["times that cannot be read", { ...minimal, created_at: "31.08.2020", updated_at: {}, promised_time: 5 }],
    [
      "what iiko says of an error",
      { ...minimal, error_info: { code: "Common" }, problem: { hasProblem: true } },
    ],
    ["hostile text", { ...minimal, customer_name: "\u0000\ud800\"'<script>😀" }],
  ])("%s", (_what, order) => {
    expect(parseOrder(order)).toEqual({ ok: true, name: "order.updated", order, previousStatus: null });
  });

  test.each([undefined, null, ""])("previous_status %j as none", (previous_status) => {
    const parsed = parseOrderEvent({ name: "order.updated", data: { order: minimal, previous_status } });
    expect(parsed).toEqual({ ok: true, name: "order.updated", order: minimal, previousStatus: null });
  });

  test("a `__proto__` key without letting it reach the prototype", () => {
    const parsed = parseOrder(JSON.parse('{"id":1,"status":"OnWay","__proto__":{"total_amount":1}}'));
    expect(parsed.ok && parsed.order.total_amount).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, "total_amount")).toBe(false);
  });
});

describe("parseOrderEvent refuses and says why", () => {
  test.each([
    [{ total_amount: "12,5" }, 'data.order.total_amount: expected an integer number of kopecks, got "12,5"'],
    [{ total_amount: 12.5 }, "data.order.total_amount: expected an integer number of kopecks, got 12.5"],
    [
      { total_amount: 1e15 },
      "data.order.total_amount: expected at most 999999999999999 kopecks, got 1000000000000000",
    ],
    [{ id: "1" }, 'data.order.id: expected an integer, got "1"'],
    [{ id: 2 ** 53 }, "data.order.id: expected an integer, got 9007199254740992"],
    [{ id: null }, "data.order.id: expected id or external_order_id, got null"],
    [
      { id: undefined, external_order_id: "" },
      "data.order.id: expected id or external_order_id, got nothing",
    ],
    [{ status: undefined }, "data.order.status: expected text, got nothing"],
    [{ status: null }, "data.order.status: expected text, got null"],
    [{ status: "" }, 'data.order.status: expected a status, got ""'],
    [{ customer_phone: 79991234567 }, "data.order.customer_phone: expected text, got a number"],
    [{ error_info: 5 }, "data.order.error_info: expected text or an object, got 5"],
    [{ problem: [] }, "data.order.problem: expected text or an object, got a list"],
    [{ items: {} }, "data.order.items: expected a list of items, got an object"],
    [{ items: [7] }, "data.order.items.0: expected an object, got 7"],
    [
      { items: [{ modifiers: [{ price: "1\n2" }] }] },
      'data.order.items.0.modifiers.0.price: expected an integer number of kopecks, got "1\\n2"',
    ],
    [
      { items: [itemNested(11)] },
      `data.order.items.0${".modifiers.0".repeat(10)}.modifiers: expected at most 10 levels of modifiers, got a list`,
    ],
    [
      { id: "a", courier_id: 1, total_amount: true, items: "pizza", courier_name: [] },
      'data.order.id: expected an integer, got "a"; data.order.courier_id: expected text, got a number; ' +
        "data.order.courier_name: expected text, got a list; and 2 more",
    ],
    [
      { total_amount: "9".repeat(60) },
      `data.order.total_amount: expected an integer number of kopecks, got "${"9".repeat(40)}"…`,
    ],
  ])("%j", (order, reason) => {
    expect(reasonFor(order)).toBe(reason);
  });

  test.each([
    [
      { name: "order.eaten", data: { order: minimal } },
      'name: expected one of order.created, order.updated, order.status_changed, order.cancelled, got "order.eaten"',
    ],
    [{ name: "order.updated", data: undefined }, "data: expected an object, got nothing"],
    [{ name: "order.updated", data: {} }, "data.order: expected an object, got nothing"],
    [{ name: "order.updated", data: { order: [minimal] } }, "data.order: expected an object, got a list"],
    [
      { name: "order.updated", data: { order: minimal, previous_status: 3 } },
      "data.previous_status: expected text, got a number",
    ],
  ])("%j", (raw, reason) => {
    expect(reasonOf(parseOrderEvent(raw))).toBe(reason);
  });

  test("a million wrong items by the first of them", () => {
    const judged: number[] = [];
    const item = (index: number) => ({
      get sum() {
        judged.push(index);
        return "a";
      },
    });
    const items = Array.from({ length: 1_000_000 }, (_, index) => (index < 10 ? item(index) : 7));
    const reason = 'data.order.items.0.sum: expected an integer number of kopecks, got "a"';
    expect(reasonFor({ items })).toBe(reason);
    expect(new Set(judged)).toEqual(new Set([0]));
    expect(reasonFor({ items: [{ modifiers: items }] })).toContain("items.0.modifiers.0.sum");
    // More than one call can bear as arguments.
    expect(reasonFor({ items: [{}, { modifiers: Array(300_000).fill(7) }] })).toContain(
      "items.1.modifiers.0",
    );
  });

  test("nesting that would overflow the stack", () => {
    const levels = 200_000;
    const modifiers = JSON.parse(`${'[{"modifiers":'.repeat(levels)}[]${"}]".repeat(levels)}`);
    expect(reasonFor({ items: [{ modifiers }] })).toContain("expected at most 10 levels of modifiers");
    const extra = JSON.parse("[".repeat(levels) + "]".repeat(levels));
    const tooDeep = "data: expected at most 64 levels of nesting, got an object";
    expect(reasonFor({ extra })).toBe(tooDeep);
    expect(reasonFor({ items: [{ extra }] })).toBe(tooDeep);
    expect(reasonOf(parseOrderEvent({ name: "order.updated", data: { order: minimal, extra } }))).toBe(
      tooDeep,
    );
  });
});

test("ORDER_COLUMNS are the columns of the Order schema", () => {
  expect(Object.keys(Order.shape)).toEqual([...ORDER_COLUMNS]);
});

test("the sample order adds up and has every column", () => {
  expect(Object.keys(SAMPLE_ORDER)).toEqual([...ORDER_COLUMNS]);
  const positions = SAMPLE_ORDER.items.flatMap((item) => [item, ...item.modifiers]);
  expect(positions.reduce((total, { sum }) => total + sum, 0)).toBe(SAMPLE_ORDER.total_amount);
  for (const { amount, price, sum } of positions) expect(Math.round(amount * price)).toBe(sum);
});
