import { expect, test } from "vitest";
import { storableText } from "@/lib/text";

test.each([
  ["plain text, Привет, 🍕", "plain text, Привет, 🍕"],
  ["a\0b\0", "a\uFFFDb\uFFFD"],
  ["cut \uD83C", "cut \uFFFD"],
  ["\uDF55 tail", "\uFFFD tail"],
  ["", ""],
])("storableText(%j) is %j", (text, expected) => {
  expect(storableText(text)).toBe(expected);
});
