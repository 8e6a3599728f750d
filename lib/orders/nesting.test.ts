import { expect, test } from "vitest";
import { isNestedDeeperThan } from "./nesting";

test.each([
  ["a number", 1, 0, false],
  ["an empty list", [], 0, true],
  ["an empty list", [], 1, false],
  ["a list in an object", { a: 1, b: [2] }, 1, true],
  ["a list in an object", { a: 1, b: [2] }, 2, false],
  ["an object in a list", [1, { a: {} }], 2, true],
])("%s", (_what, value, limit, expected) => {
  expect(isNestedDeeperThan({ value, limit })).toBe(expected);
});

test("goes no deeper than it is asked, whatever lies there", () => {
  const value: unknown = JSON.parse("[".repeat(200_000) + "]".repeat(200_000));
  expect(isNestedDeeperThan({ value, limit: 200 })).toBe(true);
});
