import { expect, test } from "vitest";
import { refusalsText } from "@/lib/refusals/refusal-text";
import { prepareOrderEvent } from "./prepare-order-event";
import { storedRejection } from "./stored-rejection";

const order = { id: "x", status: "", total_amount: "12,5", items: {} };

function stored(raw: unknown): { reason: string; data: string } {
  const { row } = prepareOrderEvent(raw);
  return { reason: row.reason ?? "", data: row.data };
}

test("a stored rejection is worded in Russian, part by part", () => {
  const { reason, data } = stored({ name: "order.created", data: { order } });
  expect(reason).toBe(
    'data.order.id: expected an integer, got "x"; data.order.status: expected a status, got ""; ' +
      'data.order.total_amount: expected an integer number of kopecks, got "12,5"; and 1 more',
  );
  expect(refusalsText(storedRejection({ reason, data }), "ru")).toBe(
    'data.order.id: нужно целое число, а здесь "x"; data.order.status: нужен статус, а здесь ""; ' +
      'data.order.total_amount: нужно целое число копеек, а здесь "12,5"; и ещё 1',
  );
});

test.each([
  [null, "событие заказа должно быть JSON-объектом"],
  [{ id: {}, name: "order.created" }, "id: нужен текст, а здесь object"],
  [{ id: "x".repeat(201) }, "id: допустимо не больше 200 символов, а здесь 201"],
  [{ ts: "now" }, 'ts: нужно число миллисекунд с 1970 года, а здесь "now"'],
  [{ name: "order.created" }, "data: нужен объект, а здесь ничего"],
  [
    { name: "order.created", data: { order: { id: 1, status: 5 } } },
    "data.order.status: нужен текст, а здесь number",
  ],
])("%j", (raw, russian) => {
  expect(refusalsText(storedRejection(stored(raw)), "ru")).toBe(russian);
});

test("what the rules no longer say stays as it was stored", () => {
  const { data } = stored({ name: "order.created", data: { order } });
  const reason = "data.order.status: this was said otherwise once";
  expect(refusalsText(storedRejection({ reason, data }), "ru")).toBe(reason);
  expect(refusalsText(storedRejection({ reason, data: undefined }), "ru")).toBe(reason);
});
