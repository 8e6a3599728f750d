import { expect, test } from "vitest";
import { openWindow, slowDown, speedUp } from "./window";

test("is open until it is slowed, then one, and one more with each success", () => {
  const window = openWindow();
  expect(window.size).toBe(Number.POSITIVE_INFINITY);
  slowDown(window, { inFlight: 8, now: 100_000 });
  const sizes = Array.from({ length: 9 }, () => {
    speedUp(window, { now: 101_000 });
    return window.size;
  });
  expect(sizes).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("slowed again within a minute it reaches half as much, each time, and one at least", () => {
  const window = openWindow();
  const highest = [100_000, 105_000, 110_000, 115_000, 120_000].map((now, index) => {
    slowDown(window, { inFlight: [8, 8, 4, 2, 1][index] ?? 0, now });
    return window.highest;
  });
  expect(highest).toEqual([Number.POSITIVE_INFINITY, 4, 2, 1, 1]);
  speedUp(window, { now: 121_000 });
  expect(window.size).toBe(1);
});

test("what is refused as the only one, such as a probe, bounds nothing", () => {
  const window = openWindow();
  slowDown(window, { inFlight: 8, now: 100_000 });
  slowDown(window, { inFlight: 1, now: 110_000 });
  slowDown(window, { inFlight: 0, now: 120_000 });
  speedUp(window, { now: 121_000 });
  speedUp(window, { now: 121_000 });
  expect(window.size).toBe(3);
});

test("a minute later it grows without that bound", () => {
  const window = openWindow();
  slowDown(window, { inFlight: 8, now: 100_000 });
  slowDown(window, { inFlight: 2, now: 101_000 });
  speedUp(window, { now: 161_000 });
  speedUp(window, { now: 161_000 });
  expect(window.size).toBe(3);
});
