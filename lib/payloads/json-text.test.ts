import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonNumber, toJsonText } from "./json-text";

test("is JSON.stringify for all that JSON can say", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      expect(toJsonText(value)).toBe(JSON.stringify(value));
    }),
  );
  const value = { a: undefined, b: [undefined, null, Number.NaN], "😀": "😀", ["__proto__"]: 1 };
  expect(toJsonText(value)).toBe(JSON.stringify(value));
});

test("writes half of a character as U+FFFD, since PHP and Postgres refuse a text with one", () => {
  expect(toJsonText({ "\ud83d": "Пётр \ud83d" })).toBe('{"\ufffd":"Пётр \ufffd"}');
  expect(toJsonText("\\ud83d")).toBe('"\\\\ud83d"');
});

test("writes a number as its text, which nothing that was parsed can have", () => {
  expect(toJsonText({ sum: jsonNumber("1520.00"), items: [jsonNumber("0.50")] })).toBe(
    '{"sum":1520.00,"items":[0.50]}',
  );
  const forged = JSON.parse('{"Symbol(number text)":"1","number text":"1","@@number text":"1"}');
  expect(toJsonText(forged)).toBe(JSON.stringify(forged));
});
