import { expect, test } from "vitest";
import { isFailing, successRate } from "./health";

test.each([
  [0, 0, null],
  [3, 2, 66.6],
  [1000, 290, 29],
  [100_000, 99_999, 99.9],
  [2_000_000_000, 1_999_999_999, 99.9],
  [7, 7, 100],
])("of %d requests %d succeeded: %j %%", (sent, succeeded, rate) => {
  expect(successRate({ sent, succeeded })).toBe(rate);
});

test.each([
  ["works", { is_active: true, deactivated_reason: null, consecutive_failures: 0 }, false],
  ["failed last", { is_active: true, deactivated_reason: null, consecutive_failures: 1 }, true],
  [
    "was switched off by a person",
    { is_active: false, deactivated_reason: null, consecutive_failures: 9 },
    false,
  ],
  [
    "was switched off by the product",
    { is_active: false, deactivated_reason: "410", consecutive_failures: 1 },
    true,
  ],
])("whether a webhook that %s fails", (_what, health, expected) => {
  expect(isFailing(health)).toBe(expected);
});
