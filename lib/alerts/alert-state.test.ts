import { expect, test } from "vitest";
import { FREE_FLOW } from "@/db/testing/free-flow";
import { type AlertState, type AlertSubject, stateToTell, type Told } from "./alert-state";
import { type AlertKind, type AlertRules, DEFAULT_RULES } from "./rules";

const NOW = new Date("2026-02-11T12:00:00Z");
const WORKING: AlertSubject = {
  isActive: true,
  deactivatedReason: null,
  consecutiveFailures: 0,
  flow: null,
  lastSentAt: minutesAgo(1),
  lastHour: null,
};
const FAILING = { ...WORKING, consecutiveFailures: 5 };
const GONE = { ...FAILING, isActive: false, deactivatedReason: "The receiver answered 410 Gone." };
const DOWN = { ...FAILING, flow: { ...FREE_FLOW, down_since: minutesAgo(1).getTime() } };
const SLOWED = { ...FAILING, flow: { ...FREE_FLOW, pauses: 2, paused_until: NOW.getTime() + 1_000 } };
const SWITCHED_OFF = { ...FAILING, isActive: false };

function minutesAgo(minutes: number): Date {
  return new Date(NOW.getTime() - minutes * 60_000);
}

function told(state: AlertState, minutes = 60): Told {
  return { state, at: minutesAgo(minutes) };
}

const CASES: [string, AlertSubject, Told, AlertState | null][] = [
  ["works, never told of", WORKING, null, null],
  ["fewer than five failures", { ...WORKING, consecutiveFailures: 4 }, null, null],
  ["five failures in a row", FAILING, null, "failing"],
  ["fails still", { ...FAILING, consecutiveFailures: 900 }, told("failing"), null],
  ["fails again after it worked", FAILING, told("ok"), "failing"],
  ["fails again at once", FAILING, told("ok", 4), null],
  ["works again", WORKING, told("failing"), "ok"],
  ["works again at once", WORKING, told("failing", 4), null],
  ["the product switched it off", GONE, null, "deactivated"],
  ["the product switched it off just after it failed", GONE, told("failing", 1), "deactivated"],
  ["is off still", GONE, told("deactivated"), null],
  ["a person switched it off", SWITCHED_OFF, null, null],
  ["a person switched it off while it failed", SWITCHED_OFF, told("failing"), null],
  ["on again, nothing sent since", { ...FAILING, lastSentAt: minutesAgo(61) }, told("deactivated"), null],
  ["on again, and it fails", FAILING, told("deactivated"), "failing"],
  ["is down", DOWN, null, "down"],
  ["is down after fewer than five failures", { ...DOWN, consecutiveFailures: 4 }, null, "down"],
  ["is down still", DOWN, told("down"), null],
  ["is down just after it failed", DOWN, told("failing", 1), "down"],
  ["is down again at once", DOWN, told("ok", 4), null],
  ["is up again", WORKING, told("down"), "ok"],
  ["is up again, and refuses what it gets", FAILING, told("down"), "failing"],
  [
    "was edited while down, nothing sent since",
    { ...FAILING, lastSentAt: minutesAgo(61) },
    told("down"),
    null,
  ],
  ["asks for fewer requests", SLOWED, null, null],
  ["keeps asking for fewer", { ...SLOWED, flow: { ...SLOWED.flow, pauses: 5 } }, null, "failing"],
  [
    "asked for fewer a while ago, and fails",
    { ...SLOWED, flow: { ...SLOWED.flow, paused_until: minutesAgo(5).getTime() } },
    null,
    "failing",
  ],
  ["on again, and it works", WORKING, told("deactivated"), "ok"],
];

const RULES = { ...DEFAULT_RULES, failures_in_row: 2, success_rate_below: 90, down_minutes: 10 };
const RARELY = { ...WORKING, lastHour: { sent: 100, failed: 11 } };
const OFTEN = { ...WORKING, lastHour: { sent: 100, failed: 7 } };
const DOWN_LONG = { ...DOWN, flow: { ...FREE_FLOW, down_since: minutesAgo(10).getTime() } };
const WITHOUT = (kind: AlertKind) => ({ ...RULES, kinds: { ...RULES.kinds, [kind]: false } });

test.each<[string, AlertSubject, Told, AlertState | null, AlertRules?]>([
  ["as many failures as are asked for", { ...WORKING, consecutiveFailures: 2 }, null, "failing"],
  ["down, not for long", DOWN, null, null],
  ["down for long", DOWN_LONG, null, "down"],
  ["too few succeed, though the last one did", RARELY, null, "failing"],
  ["as many succeed as are asked for", { ...WORKING, lastHour: { sent: 100, failed: 10 } }, null, null],
  ["too few requests to say", { ...WORKING, lastHour: { sent: 19, failed: 19 } }, null, null],
  ["still near the limit", OFTEN, told("failing"), null],
  ["well above the limit", { ...WORKING, lastHour: { sent: 100, failed: 5 } }, told("failing"), "ok"],
  ["the rate is not looked at", RARELY, null, null, { ...RULES, success_rate_below: 0 }],
  ["nobody wants to know that one fails", FAILING, null, null, WITHOUT("failing")],
  ["nobody wants to know that one is down", DOWN_LONG, null, null, WITHOUT("down")],
  ["nobody wants to know that one is off", GONE, null, null, WITHOUT("deactivated")],
])("by other rules: %s", (_what, subject, known, expected, rules = RULES) => {
  expect(stateToTell({ subject, told: known, now: NOW, rules })).toBe(expected);
});

test.each(CASES)("%s", (_what, subject, known, expected) => {
  expect(stateToTell({ subject, told: known, now: NOW })).toBe(expected);
});
