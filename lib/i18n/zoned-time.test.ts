import { expect, test } from "vitest";
import { createZonedTime } from "./zoned-time";

test.each([
  ["Europe/Moscow", "2026-02-11T12:30:00.123Z", "2026-02-11T15:30:00.123+03:00"],
  ["UTC", "2026-02-11T12:30:00.123Z", "2026-02-11T12:30:00.123+00:00"],
  ["Asia/Kathmandu", "2026-12-31T23:59:59.999Z", "2027-01-01T05:44:59.999+05:45"],
  ["America/St_Johns", "2026-01-01T00:00:00.000Z", "2025-12-31T20:30:00.000-03:30"],
])("in %s %s is %s", (timeZone, at, written) => {
  expect(createZonedTime(timeZone)(at)).toBe(written);
});

test("a change of the clocks between two moments is seen", () => {
  const inBerlin = createZonedTime("Europe/Berlin");
  expect(inBerlin("2026-10-25T00:59:59.000Z")).toBe("2026-10-25T02:59:59.000+02:00");
  expect(inBerlin("2026-10-25T01:00:00.000Z")).toBe("2026-10-25T02:00:00.000+01:00");
});
