import fc from "fast-check";
import { expect, test } from "vitest";
import { ORDER_COLUMNS } from "@/lib/orders/columns";
import { MAX_KOPECKS } from "@/lib/orders/money";
import { ORDER_EVENT_NAMES, parseOrderEvent } from "@/lib/orders/order-event";
import { ORDER_STATUSES } from "@/lib/orders/status";
import { refusalsText } from "@/lib/refusals/refusal-text";
import { buildPayload, PAYLOAD_FORMATS } from "./build";
import type { PayloadEvent } from "./payload-input";
import { PLACEHOLDERS } from "./placeholders";
import { validateTemplate } from "./template";

const deliveryId = "0190f5a2-6c1e-7b1a-9f63-3d8f1b2c4d5e";

// Any UTF-16 at all: NUL, quotes, placeholders, lone surrogates.
const text = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.constantFrom(
    '","x":"',
    "{{customer_phone}}",
    "{{",
    "}}",
    "\\",
    "\u0000",
    "\ud83d",
    "😀",
    "__proto__",
    "$&",
  ),
);
const kopecks = fc.integer({ min: -MAX_KOPECKS, max: MAX_KOPECKS });
const time = fc
  .tuple(
    fc.date({
      min: new Date("0001-01-02T00:00:00Z"),
      max: new Date("9999-12-30T00:00:00Z"),
      noInvalidDate: true,
    }),
    fc.constantFrom("", "Z", "+00:00", "-09:30", "+14:00"),
    fc.constantFrom("", ".1", ".000000", ".123456"),
  )
  .map(([date, offset, fraction]) => date.toISOString().slice(0, 19) + fraction + offset);
const lacking = { nil: null, freq: 4 };

const { items } = fc.letrec<{ items: unknown[] }>((tie) => ({
  items: fc.array(
    fc.record(
      {
        product_id: fc.option(text, lacking),
        name: fc.option(text, lacking),
        amount: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), lacking),
        price: fc.option(kopecks, lacking),
        sum: fc.option(kopecks, lacking),
        modifiers: fc.option(tie("items"), { ...lacking, maxDepth: 8 }),
        vat: fc.jsonValue({ maxDepth: 3 }),
      },
      { requiredKeys: [] },
    ),
    { maxLength: 3 },
  ),
}));

const columns: Record<string, fc.Arbitrary<unknown>> = {
  ...Object.fromEntries(ORDER_COLUMNS.map((column) => [column, text])),
  total_amount: kopecks,
  created_at: time,
  updated_at: time,
  promised_time: time,
  items,
};
const optionalColumns = Object.fromEntries(
  Object.entries(columns).map(([column, values]) => [column, fc.option(values, lacking)]),
);
const rawEvent = fc.record({
  name: fc.constantFrom(...ORDER_EVENT_NAMES),
  data: fc.record({
    order: fc.record(
      {
        ...optionalColumns,
        id: fc.maxSafeInteger(),
        status: fc.oneof(fc.constantFrom<string>(...ORDER_STATUSES), text.filter(Boolean)),
        unknown_column: fc.jsonValue({ maxDepth: 3 }),
      },
      { requiredKeys: ["id", "status"] },
    ),
    previous_status: fc.option(text, lacking),
  }),
});

/** Every order event the schema accepts, read by the schema itself. */
const event: fc.Arbitrary<PayloadEvent> = rawEvent.map((raw) => {
  const parsed = parseOrderEvent(raw);
  if (!parsed.ok) throw new Error(refusalsText(parsed.refusals));
  return parsed;
});

const scalarNames = PLACEHOLDERS.map(({ name }) => name).filter((name) => name !== "order.items");
const placeholder = fc.constantFrom(...scalarNames).map((name) => `{{${name}}}`);
const templateString = fc.oneof(
  placeholder,
  fc
    .array(fc.oneof(placeholder, fc.constantFrom('"', "{", " ", "Заказ №")), { maxLength: 4 })
    .map((parts) => parts.join("")),
);
const template = fc
  .letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      templateString,
      fc.integer(),
      fc.array(tie("node"), { maxLength: 4 }),
      fc.dictionary(fc.oneof(fc.string(), fc.constant("__proto__")), tie("node"), { maxKeys: 4 }),
    ),
  }))
  .node.map((node) => JSON.stringify(node))
  .filter((text) => validateTemplate(text).ok);

function pathsOf(value: unknown, path = "$"): string[] {
  if (typeof value !== "object" || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, child]) =>
    pathsOf(child, `${path}/${JSON.stringify(key)}`),
  );
  return [`${path}${Array.isArray(value) ? "[]" : "{}"}`, ...inside];
}

test.each(PAYLOAD_FORMATS)("%s is well-formed JSON for every order the schema accepts", (format) => {
  fc.assert(
    fc.property(event, (event) => {
      const body = buildPayload({ format, event, deliveryId });
      const withoutRoubles = body.replace(
        /(?<="(?:sum|price|orderAmount|cost|resultSum)":)-?\d+\.\d\d(?=[,}])/g,
        "0",
      );
      expect(JSON.stringify(JSON.parse(withoutRoubles))).toBe(withoutRoubles);
      expect(Buffer.from(body).toString()).toBe(body);
    }),
  );
});

test("data in a template never becomes structure: the body has the template's paths and no others", () => {
  fc.assert(
    fc.property(event, template, (event, template) => {
      const body = buildPayload({ format: "custom", event, deliveryId, template });
      expect(pathsOf(JSON.parse(body))).toEqual(pathsOf(JSON.parse(template)));
    }),
  );
});

test("a string that is one placeholder takes its column's value, whatever it holds", () => {
  fc.assert(
    fc.property(event, (event) => {
      const template = '{"name":"{{customer_name}}","sum":"{{total_amount}}","text":"<{{customer_name}}>"}';
      const { customer_name = null, total_amount: sum = null } = event.order;
      const name = customer_name?.replace(/\p{Cs}/gu, "\ufffd") ?? null;
      const body = buildPayload({ format: "custom", event, deliveryId, template });
      expect(JSON.parse(body)).toEqual({ name, sum, text: `<${name ?? ""}>` });
    }),
  );
});
