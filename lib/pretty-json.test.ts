import fc from "fast-check";
import { expect, test } from "vitest";
import { prettyJson } from "./pretty-json";

test("reads like JSON.stringify with two spaces", () => {
  fc.assert(
    fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
      const text = JSON.stringify(value);
      const isDeep = /^(?:[^[{]*[[{]){41}/.test(text);
      if (!isDeep) expect(prettyJson(text)).toBe(JSON.stringify(JSON.parse(text), null, 2));
    }),
  );
});

test("keeps every token: long numbers, repeated keys, escapes", () => {
  expect(prettyJson(' {"a":12345678901234567890,"a":1.50 , "b":"\\u0041\\"{}"}')).toBe(
    '{\n  "a": 12345678901234567890,\n  "a": 1.50,\n  "b": "\\u0041\\"{}"\n}',
  );
});

test.each(["", "ok", "42", '"text"', "{", "<html>", `${"[".repeat(8000)}${"]".repeat(8000)}`])(
  "leaves alone what is no JSON to read: %.20s",
  (text) => expect(prettyJson(text)).toBeNull(),
);
