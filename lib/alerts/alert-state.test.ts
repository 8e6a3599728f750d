import { expect, test } from "vitest";
import { type AlertState, type AlertSubject, stateToTell, type Told } from "./alert-state";

const NOW = new Date("2026-02-11T12:00:00Z");
const WORKING: AlertSubject = {
  isActive: true,
  deactivatedReason: null,
  consecutiveFailures: 0,
  lastSentAt: minutesAgo(1),
};
const FAILING = { ...WORKING, consecutiveFailures: 5 };
const GONE = { ...FAILING, isActive: false, deactivatedReason: "The receiver answered 410 Gone." };
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
  ["on again, and it works", WORKING, told("deactivated"), "ok"],
];

test.each(CASES)("%s", (_what, subject, known, expected) => {
  expect(stateToTell({ subject, told: known, now: NOW })).toBe(expected);
});
