import { expect, test } from "vitest";
import { createRequestWindows } from "./request-windows";

function enterAll(windows: ReturnType<typeof createRequestWindows>, count: number): number[] {
  const entered: number[] = [];
  for (let n = 1; n <= count; n += 1) void windows.enter(7).then(() => entered.push(n));
  return entered;
}

/** Lets what was resolved run. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("lets all through until the webhook slows down, then one, and one more with each success", async () => {
  const windows = createRequestWindows();
  const first = enterAll(windows, 4);
  await settle();
  expect(first).toEqual([1, 2, 3, 4]);
  windows.slowDown(7);
  for (let n = 1; n <= 4; n += 1) windows.leave(7);

  const entered = enterAll(windows, 6);
  await settle();
  expect(entered).toEqual([1]);
  windows.leave(7);
  await settle();
  expect(entered).toEqual([1, 2]);
  windows.succeed(7);
  windows.leave(7);
  await settle();
  expect(entered).toEqual([1, 2, 3, 4]);
});

test("a process that did not see the webhook slow down begins with one request too, once each time", async () => {
  const windows = createRequestWindows();
  windows.beSlow(7, 1_000);
  windows.succeed(7);
  windows.beSlow(7, 1_000);
  const entered = enterAll(windows, 3);
  await settle();
  expect(entered).toEqual([1, 2]);
  // Two are one too many now.
  expect(windows.beSlow(7, 2_000)).toBe(false);
  windows.leave(7);
  expect(windows.beSlow(7, 2_000)).toBe(true);
  expect(entered).toEqual([1, 2]);
  windows.leave(7);
  await settle();
  expect(entered).toEqual([1, 2, 3]);
});
