import { describe, expect, test } from "vitest";
import { ORDER_COLUMNS } from "@/lib/orders/columns";
import type { Order } from "@/lib/orders/order";
import { SAMPLE_EVENT, SAMPLE_ORDER } from "@/lib/orders/sample";
import { PLACEHOLDERS } from "./placeholders";
import { MAX_TEMPLATE_PLACEHOLDERS, renderTemplate, validateTemplate } from "./template";

const deliveryId = "0190f5a2-6c1e-7b1a-9f63-3d8f1b2c4d5e";

function render({ text, order = SAMPLE_ORDER }: { text: string; order?: Order }) {
  return renderTemplate({ text, event: { ...SAMPLE_EVENT, order }, deliveryId });
}

function renderString({ text, order }: { text: string; order?: Order }) {
  return render({ text: JSON.stringify(text), order });
}

describe("renderTemplate", () => {
  test.each([
    ["{{order.total_amount}}", 152050],
    ["{{ total_amount }}", 152050],
    ["{{order_id}}", 123],
    ["{{status}}", "CookingStarted"],
    ["{{previous_status}}", "WaitCooking"],
    ["{{event_type}}", "order.status_changed"],
    ["{{event.id}}", "iiko-order-123-7"],
    ["{{delivery.id}}", deliveryId],
    ["{{order.created_at}}", "2020-08-31T13:23:31Z"],
    ["{{order.error_info}}", null],
    ["{{order.items}}", SAMPLE_ORDER.items],
    ["№ {{order.readable_number}}: {{total_amount}} коп.", "№ 515: 152050 коп."],
    ["{{order.problem}}!", "!"],
    ["{{status}}{{status}}", "CookingStartedCookingStarted"],
    ["items: {{order.items}}", `items: ${JSON.stringify(SAMPLE_ORDER.items)}`],
    ["{ {status} }", "{ {status} }"],
    ["{{{status}}}", "{CookingStarted}"],
    ["$& $1 {{order_id}}", "$& $1 123"],
  ])("%s", (text, expected) => {
    expect(renderString({ text })).toEqual(expected);
  });

  test("leaves the rest of the template as it is", () => {
    const text = '{"a":[1,true,null,"x",{"b":"{{status}}"}],"{{status}}":2}';
    expect(JSON.stringify(render({ text }))).toBe(
      '{"a":[1,true,null,"x",{"b":"CookingStarted"}],"{{status}}":2}',
    );
  });

  test("never fills what it has inserted", () => {
    const order = { ...SAMPLE_ORDER, customer_name: "{{customer_phone}}", status: '","x":"' };
    expect(renderString({ text: "{{customer_name}}", order })).toBe("{{customer_phone}}");
    expect(renderString({ text: "Hi {{customer_name}}", order })).toBe("Hi {{customer_phone}}");
    expect(render({ text: '{"s":"{{status}}"}', order })).toEqual({ s: '","x":"' });
    const items = [{ name: "{{customer_phone}}" }];
    expect(renderString({ text: "{{order.items}}", order: { ...order, items } })).toEqual(items);
    // The two braces of a value and the text beside it make no placeholder either.
    expect(
      renderString({ text: "{{customer_name}}status}}", order: { ...order, customer_name: "{{" } }),
    ).toBe("{{status}}");
  });

  test("keeps a `__proto__` key as plain data", () => {
    const text = '{"__proto__":{"status":"{{status}}"},"constructor":"{{order_id}}"}';
    const body = render({ text });
    expect(JSON.stringify(body)).toBe('{"__proto__":{"status":"CookingStarted"},"constructor":123}');
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
    expect(Object.hasOwn(Object.prototype, "status")).toBe(false);
  });

  test("has a null for every column that the order lacks, and creation_status OK", () => {
    const text = JSON.stringify(
      Object.fromEntries(ORDER_COLUMNS.map((column) => [column, `{{order.${column}}}`])),
    );
    expect(render({ text, order: { id: 7, status: "OnWay" } })).toEqual({
      ...Object.fromEntries(ORDER_COLUMNS.map((column) => [column, null])),
      id: 7,
      status: "OnWay",
      creation_status: "OK",
    });
  });
});

test("every listed placeholder passes validation and has a value", () => {
  const order = Object.fromEntries(
    Object.entries(SAMPLE_ORDER).map(([column, value]) => [column, value ?? "x"]),
  );
  for (const { name } of PLACEHOLDERS) {
    const text = JSON.stringify(`{{${name}}}`);
    expect(validateTemplate(text)).toEqual({ ok: true });
    expect(render({ text, order: { ...order, status: "OnWay" } }), name).not.toBeNull();
  }
});

describe("validateTemplate refuses", () => {
  test.each([
    [
      '{"a":"{{order.statuss}}"}',
      "a",
      "unknown placeholder {{order.statuss}}: did you mean {{order.status}}",
    ],
    ['{"a":[{"b":"x {{custmer_name}}"}]}', "a.0.b", "did you mean {{customer_name}}"],
    ['{"a":"{{order.external_id}}"}', "a", "{{order.external_order_id}}"],
    ['{"a":"{{customer.phone}}"}', "a", "did you mean {{customer_phone}}"],
    ['{"a":"{{order.previous_status}}"}', "a", "{{event.previous_status}}"],
    ['{"a":"{{STATUS}}"}', "a", "did you mean {{status}}"],
    ['{"a":"{{__proto__}}"}', "a", "unknown placeholder {{__proto__}}"],
    ['{"a":"{{qwertyuiop}}"}', "a", "the known ones are {{order.id}}, {{order.external_order_id}}"],
    ['{"a":"{{}}"}', "a", "unknown placeholder {{}}"],
    ['{"a":"{{order.status"}', "a", "`{{` without its `}}`"],
    ['{"a":"{{order.status}"}', "a", "`{{` without its `}}`"],
    ['{"{{status}}":1}', "{{status}}", "a key cannot hold a placeholder"],
    ['{"\\u007b{nope}}":1}', "{{nope}}", "a key cannot hold a placeholder"],
    ['{"a":"\\u007b{nope}}"}', "a", "unknown placeholder {{nope}}"],
    ['"{{nope}}"', "", "unknown placeholder {{nope}}"],
    ['{"a":1,}', "", "not valid JSON: "],
    ["", "", "not valid JSON: "],
    ['{"id": {{order.id}}}', "", 'a placeholder stands inside quotes: {"id": "{{order.id}}"}'],
  ])("%s", (text, path, message) => {
    expect(validateTemplate(text)).toEqual({
      ok: false,
      errors: [{ path, message: expect.stringContaining(message) }],
    });
  });

  test.each([65, 200_000])("%i levels of nesting", (levels) => {
    expect(validateTemplate("[".repeat(levels) + "]".repeat(levels))).toEqual({
      ok: false,
      errors: [{ path: "", message: "nested too deeply: at most 64 levels are allowed" }],
    });
  });

  test("every wrong place at once", () => {
    const check = validateTemplate('{"a":"{{x1}} {{status}} {{x2}}","b":["{{x3}}"]}');
    expect(check.ok ? [] : check.errors.map(({ path }) => path)).toEqual(["a", "a", "b.0"]);
  });

  test("more placeholders than a body can bear, however they are written", () => {
    const template = (count: number) =>
      JSON.stringify(Array(count).fill("{{order.items}}")).replaceAll("{{", "\\u007b{");
    expect(validateTemplate(template(MAX_TEMPLATE_PLACEHOLDERS))).toEqual({ ok: true });
    expect(validateTemplate(template(MAX_TEMPLATE_PLACEHOLDERS + 1))).toMatchObject({ ok: false });
  });
});

test.each(['{"a":"{{status}}"}', '["{{order.items}}"]', '{"a":"}} {x} { {"}', "{}", "1"])(
  "validateTemplate accepts %s",
  (text) => {
    expect(validateTemplate(text)).toEqual({ ok: true });
  },
);
