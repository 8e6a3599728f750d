import { expect, test } from "vitest";
import { FREE_FLOW } from "@/db/testing/free-flow";
import { type Health, type HealthState, healthState, isFailing, successRate } from "./health";

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

const NOW = 1_790_000_000_000;
const WORKS: Health = {
  is_active: true,
  deactivated_reason: null,
  consecutive_failures: 0,
  flow: null,
  recent_sent: 100,
  recent_failed: 0,
};
const HOLD = { holds_orders: true, since: NOW, until: null, reason: null, by: "anna" };
const DOWN = { ...FREE_FLOW, down_since: NOW - 60_000, next_probe_at: NOW + 1_000 };

const CASES: [string, Partial<Health>, HealthState, boolean][] = [
  ["works", {}, "healthy", false],
  ["got 45 % of a day through, the newest too", { recent_sent: 20, recent_failed: 11 }, "unsteady", false],
  ["got 89.9 % of a day through", { recent_sent: 1000, recent_failed: 101 }, "unsteady", false],
  ["got 90 % of a day through", { recent_sent: 1000, recent_failed: 100 }, "healthy", false],
  ["sent one order at its fourth attempt", { recent_sent: 4, recent_failed: 3 }, "healthy", false],
  ["has sent nothing for a day", { recent_sent: 0, recent_failed: 0 }, "healthy", false],
  ["fails and did so all day", { consecutive_failures: 2, recent_failed: 90 }, "failing", true],
  ["failed last", { consecutive_failures: 1 }, "failing", true],
  ["was switched off by a person", { is_active: false, consecutive_failures: 9 }, "off", false],
  ["a person paused while its orders wait", { is_active: false, pause: HOLD }, "held", false],
  [
    "a person paused and its orders do not wait",
    { is_active: false, pause: { ...HOLD, holds_orders: false } },
    "off",
    false,
  ],
  ["was switched off by the product", { is_active: false, deactivated_reason: "410" }, "deactivated", true],
  ["is down", { consecutive_failures: 4, flow: DOWN }, "down", true],
  ["is down and asked for a pause", { flow: { ...DOWN, paused_until: NOW + 1_000 } }, "down", true],
  [
    "asked for a pause",
    { consecutive_failures: 4, flow: { ...FREE_FLOW, paused_until: NOW + 1_000 } },
    "paused",
    false,
  ],
  [
    "failed after the pause it asked for",
    { consecutive_failures: 4, flow: { ...FREE_FLOW, paused_until: NOW - 1_000 } },
    "failing",
    true,
  ],
  [
    "asked for a pause before the clock was set back by a day",
    { flow: { ...FREE_FLOW, paused_until: NOW + 24 * 3_600_000 } },
    "healthy",
    false,
  ],
];

test.each(CASES)("a webhook that %s", (_what, changes, state, isSeenAsFailing) => {
  const health = { ...WORKS, ...changes };
  expect(healthState(health, NOW)).toBe(state);
  expect(isFailing(health, NOW)).toBe(isSeenAsFailing);
});
