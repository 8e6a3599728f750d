import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseOrderEvent } from "@/lib/orders/order-event";
import { translateRejection } from "./translate-rejection";

function reasonFor(raw: { name: unknown; data: unknown }): string {
  const parsed = parseOrderEvent(raw);
  return parsed.ok ? "" : parsed.reason;
}

test("says in Russian what the schema of events says in English", () => {
  const order = { id: 1, status: "", total_amount: "12,5", problem: 5, items: {} };
  const reason = reasonFor({ name: "order.created", data: { order } });
  expect(translateRejection({ reason, locale: "ru" })).toBe(
    'data.order.status: нужен статус, а пришло: ""; ' +
      "data.order.problem: нужен текст или объект, а пришло: 5; " +
      'data.order.total_amount: нужно целое число копеек, а пришло: "12,5"; и ещё 1',
  );
  expect(translateRejection({ reason, locale: "en" })).toBe(reason);
});

test("no expectation of lib/orders is left in English", () => {
  const source = ["order.ts", "order-event.ts"]
    .map((file) => readFileSync(`lib/orders/${file}`, "utf8"))
    .join("\n");
  const expectations = [...source.matchAll(/["`](expected [^"`]+)["`]/g)].map(([, text]) =>
    (text ?? "").replace(/\$\{ORDER_EVENT_NAMES[^}]*\}/, "order.created").replace(/\$\{[^}]*\}/g, "10"),
  );
  expect(expectations.length).toBeGreaterThan(10);
  for (const expectation of new Set(expectations)) {
    const reason = `data: ${expectation}, got nothing`;
    expect(translateRejection({ reason, locale: "ru" }), expectation).toMatch(
      /^data: [^a-z]*.*а пришло: ничего$/,
    );
  }
});

test.each(["ts: expected milliseconds since 1970 as a number, got 1", "something else", ""])(
  "%j stays as it is",
  (reason) => expect(translateRejection({ reason, locale: "ru" })).toBe(reason),
);
