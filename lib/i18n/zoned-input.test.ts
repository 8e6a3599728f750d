import { expect, test } from "vitest";
import { fromZonedInput, toZonedInput } from "./zoned-input";

test.each([
  ["Europe/Moscow", "2026-02-11T12:00:00Z", "2026-02-11T15:00"],
  ["Asia/Kolkata", "2026-02-11T20:45:00Z", "2026-02-12T02:15"],
  ["America/New_York", "2026-03-08T06:59:00Z", "2026-03-08T01:59"],
  ["America/New_York", "2026-03-08T07:00:00Z", "2026-03-08T03:00"],
  ["Europe/Berlin", "2026-10-25T02:30:00Z", "2026-10-25T03:30"],
])("in %s %s is %s, and back", (timeZone, utc, text) => {
  expect(toZonedInput({ at: new Date(utc), timeZone })).toBe(text);
  expect(fromZonedInput({ text, timeZone })).toEqual(new Date(utc));
});

test.each(["", "yesterday", "2026-13-40T00:00"])("%j is no time", (text) => {
  expect(fromZonedInput({ text, timeZone: "Europe/Moscow" })).toBeNull();
});
