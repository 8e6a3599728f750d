import { describe, expect, test } from "vitest";
import { ORDER_COLUMNS } from "@/lib/orders/columns";
import type { Order } from "@/lib/orders/order";
import { SAMPLE_EVENT, SAMPLE_ORDER } from "@/lib/orders/sample";
import { PayloadError } from "./payload-error";
import { PLACEHOLDERS } from "./placeholders";
import { renderTemplate, validateTemplate } from "./template";

const deliveryId = "0190f5a2-6c1e-7b1a-9f63-3d8f1b2c4d5e";

function renderText({ text, order = SAMPLE_ORDER }: { text: string; order?: Order }): string {
  return renderTemplate({ text, event: { ...SAMPLE_EVENT, order }, deliveryId });
}

function render({ text, order = SAMPLE_ORDER }: { text: string; order?: Order }) {
  return JSON.parse(renderText({ text, order }));
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
    const text = ' {"a" : [1, true, null, "x", {"b": "{{status}}"}, [], {}], "b": 1.50} ';
    expect(renderText({ text })).toBe('{"a":[1,true,null,"x",{"b":"CookingStarted"},[],{}],"b":1.5}');
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

test("a short name has the value of the full one", () => {
  for (const { name, descriptionKey } of PLACEHOLDERS) {
    expect(renderString({ text: `{{${name}}}` }), name).toEqual(
      renderString({ text: `{{${descriptionKey}}}` }),
    );
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
  ])("%s", (text, path, message) => {
    expect(validateTemplate(text)).toMatchObject({
      ok: false,
      errors: [{ path, message: expect.stringContaining(message) }],
    });
  });

  test.each([65, 200_000])("%i levels of nesting", (levels) => {
    expect(validateTemplate("[".repeat(levels) + "]".repeat(levels))).toMatchObject({
      ok: false,
      errors: [{ path: "", message: "nested too deeply: at most 64 levels are allowed" }],
    });
  });

  test("every wrong place at once", () => {
    const check = validateTemplate('{"a":"{{x1}} {{status}} {{x2}}","b":["{{x3}}"]}');
    expect(check.ok ? [] : check.errors.map(({ path }) => path)).toEqual(["a", "a", "b.0"]);
  });
});

test.each(['{"a":"{{status}}"}', '["{{order.items}}"]', '{"a":"}} {x} { {"}', "{}", "1"])(
  "validateTemplate accepts %s",
  (text) => {
    expect(validateTemplate(text)).toEqual({ ok: true });
  },
);

describe("Liquid in a template's strings", () => {
  test.each<[string, unknown]>([
    [
      "{% for item in order.items %}{{ item.name }}; {% endfor %}",
      "Пицца «Маргарита», 35 см; Салат «Оливье», на вес; Морс клюквенный, 0,5 л; ",
    ],
    [
      "{% for i in order.items %}{% for m in i.modifiers %}{{ m.name }} × {{ m.amount }}{% endfor %}{% endfor %}",
      "Сырный борт × 2",
    ],
    ["{% for i in order.items limit: 1 %}{{ forloop.index }}/{{ forloop.length }}{% endfor %}", "1/1"],
    [
      "{% if order.courier_name %}едет {{ order.courier_name }}{% else %}без курьера{% endif %}",
      "едет Иван Иванов",
    ],
    ["{{ order.items | map: 'sum' | join: ' + ' }}", "109800 + 22400 + 10050"],
    ["{{ order.items[0].modifiers[0].name }}", "Сырный борт"],
    ["{{ order.items.size }}", 3],
    ["{{ order.items | map: 'amount' }}", [2, 0.35, 1]],
    ["{% assign sum = total_amount | divided_by: 2 %}{{ sum | roubles }}", "760.25"],
    ["{{ order.problem | default: 'нет' }}", "нет"],
    ["{{ order.promised_time | local: 'HH:mm' }}", "18:08"],
    ['{{ order.promised_time | local: "dd.MM.yyyy HH:mm:ss" }}', "31.08.2020 18:08:31"],
    ["{{ order.promised_time | local }}", "31.08.2020 18:08"],
    ["к {{ order.promised_time | local: 'HH:mm' }}", "к 18:08"],
    ["{{ order.promised_time }}", "2020-08-31T15:08:31Z"],
    ["{{ order.problem | local: 'HH:mm' }}", null],
    ["на {{ total_amount | roubles }} руб.", "на 1520.50 руб."],
    ["{{ order.problem | roubles }}", null],
    ["{% comment %}{{ nothing }}{% endcomment %}x", "x"],
    ["{% raw %}{{ mustache }}{% endraw %}", "{{ mustache }}"],
    ["{{ empty }}", ""],
  ])("%s", (text, expected) => {
    expect(validateTemplate(JSON.stringify(text))).toEqual({ ok: true });
    expect(renderString({ text })).toEqual(expected);
  });

  test("roubles alone are a JSON number with two decimals", () => {
    const text = '{"a":"{{ total_amount | roubles }}","b":{{ order.items[0].sum | roubles }}}';
    expect(renderText({ text })).toBe('{"a":1520.50,"b":1098.00}');
  });

  test("an unquoted placeholder is taken as its value, and quotes within one are not the string's", () => {
    const text =
      '{"sum": {{total_amount}}, "n": [{{ order_id }},{{order.problem}}], "t": "{{ order.promised_time | local: "HH:mm" }}",' +
      ' "u": {{ order.promised_time | local: "HH:mm" }}, "e": "{{ order.promised_time | local: \\"HH\\" }}", "items": {{order.items}} }';
    expect(validateTemplate(text)).toEqual({ ok: true });
    expect(render({ text })).toEqual({
      ...{ sum: 152050, n: [123, null], t: "18:08", u: "18:08", e: "18" },
      items: SAMPLE_ORDER.items,
    });
  });

  test("a customer's name breaks nothing, quoted or not", () => {
    const order = { ...SAMPLE_ORDER, customer_name: 'О"Нил\\", "admin": true, {{order.id}} {% raw %}' };
    const text = '{"a": {{customer_name}}, "b": "{{customer_name}}", "c": "<{{customer_name}}>"}';
    const name = order.customer_name;
    expect(render({ text, order })).toEqual({ a: name, b: name, c: `<${name}>` });
  });

  test.each([
    ["{% for item in order.items %}{{ item.nme }}{% endfor %}", "did you mean {{item.name}}"],
    [
      "{% for item in order.items %}{{ item.modifiers.first.prise }}{% endfor %}",
      "unknown placeholder {{item.modifiers.first.prise}}",
    ],
    ["{% for m in item.modifiers %}{% endfor %}", "unknown placeholder {{item.modifiers}}"],
    ["{% for item in order.items %}{% endfor %}{{ item.name }}", "unknown placeholder {{item.name}}"],
    ["{% if ordr.status == 'x' %}{% endif %}", "did you mean {{order.status}}"],
    ["{{ status | append: custmer_name }}", "did you mean {{customer_name}}"],
    ["{{ order[status] }}", "unknown placeholder {{order[status]}}"],
    ["{{ order.constructor }}", "unknown placeholder"],
    ["{{ order.error_info.__proto__ }}", "unknown placeholder"],
    ["{% for i in (1..2) %}{% assign x = forloop %}{{ x.constructor }}{% endfor %}", "unknown placeholder"],
    ["{{ status | upcas }}", "unknown filter upcas: the known ones are abs, "],
    ["{% include 'x' %}", "unknown tag include"],
    ["{% render 'x' %}", "unknown tag render"],
    ["{% capture x %}{% endcapture %}", "unknown tag capture"],
    ["{% for item in order.items %}", "not valid Liquid: tag {% for item in order.items %} not closed"],
    ["{% for %}{% endfor %}", "not valid Liquid"],
  ])("%s is refused", (text, message) => {
    expect(validateTemplate(JSON.stringify({ a: text }))).toMatchObject({
      ok: false,
      errors: [{ path: "a", message: expect.stringContaining(message) }],
    });
    expect(() => render({ text: JSON.stringify(text) })).toThrow(PayloadError);
  });

  test("a loop over parts of the JSON is refused with a hint", () => {
    const text = '{"items": [{% for item in order.items %}{{item.name}},{% endfor %}]}';
    expect(validateTemplate(text)).toMatchObject({
      errors: [{ message: expect.stringMatching(/not valid JSON: .*; a loop stands inside quotes/) }],
    });
  });

  const many = { ...SAMPLE_ORDER, items: Array.from({ length: 30_000 }, () => ({ name: "x".repeat(90) })) };
  const loop = (depth: number, body: string): string =>
    depth === 0 ? body : `{% for a${depth} in (1..1000) %}${loop(depth - 1, body)}{% endfor %}`;
  const TOO_MUCH = "does too much work";
  test.each([
    ["nested loops", loop(4, "x"), TOO_MUCH],
    ["nested empty loops", loop(4, ""), TOO_MUCH],
    ["a range of 10⁹", "{% for a in (1..1000000000) %}{% endfor %}", TOO_MUCH],
    [
      "loops over items in items",
      "{% for a in order.items %}{% for b in order.items %}{% endfor %}{% endfor %}",
      TOO_MUCH,
    ],
    [
      "a string that doubles",
      `{% assign s = 'x' %}${"{% assign s = s | append: s %}".repeat(60)}{{ s }}`,
      TOO_MUCH,
    ],
    [
      "a string that is squared",
      `{% assign s = 'xxxxxxxxxx' %}${"{% assign s = s | replace: 'x', s %}".repeat(9)}{{ s }}`,
      TOO_MUCH,
    ],
    ["filters in a row", loop(2, `{{ 1${" | plus: 1".repeat(5000)} }}`), TOO_MUCH],
    ["conditions in a row", loop(2, `{% if 1 == 2${" or 1 == 2".repeat(5000)} %}{% endif %}`), TOO_MUCH],
    ["a long text often", "{% for a in (1..100) %}{{ order.items }}{% endfor %}", "over 8 MiB"],
    [
      "tags within tags",
      "{% if 1 %}".repeat(9000) + "{% endif %}".repeat(9000),
      /too much work|not valid Liquid/,
    ],
  ])("%s ends as a failure with a sentence", (_what, text, message) => {
    expect(() => renderString({ text, order: many })).toThrow(message);
    expect(() => renderString({ text, order: many })).toThrow(PayloadError);
  });

  test("many strings share one bound", () => {
    const text = JSON.stringify(Array(300).fill(loop(1, "{% for b in (1..20) %}x{% endfor %}")));
    expect(() => render({ text })).toThrow(TOO_MUCH);
    const whole = JSON.stringify(Array(100).fill("{{order.items}}"));
    expect(() => render({ text: whole, order: many })).toThrow("over 8 MiB");
  });

  test("what is assigned in one string is not in the next", () => {
    expect(render({ text: '["{% assign a = 1 %}{{ a }}","{% assign b = 2 %}{{ b }}"]' })).toEqual(["1", "2"]);
  });
});
