import fc from "fast-check";
import { expect, test } from "vitest";
import { isJsonOver } from "./is-json-over";

test("agrees to the byte with the text that JSON.stringify makes", () => {
  const text = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  });
  const value = fc.oneof(text, fc.jsonValue({ stringUnit: "binary" }), fc.dictionary(text, fc.array(text)));
  fc.assert(
    fc.property(value, (value) => {
      const parsed: unknown = JSON.parse(JSON.stringify(value));
      const bytes = Buffer.byteLength(JSON.stringify(parsed));
      expect(isJsonOver({ value: parsed, maxBytes: bytes })).toBe(false);
      expect(isJsonOver({ value: parsed, maxBytes: bytes - 1 })).toBe(true);
    }),
  );
});

test("looks no further than it must", () => {
  const list = Array(1000).fill("x");
  Object.defineProperty(list, 999, {
    get() {
      throw new Error("looked at the last entry");
    },
  });
  expect(isJsonOver({ value: list, maxBytes: 2000 })).toBe(true);
});
