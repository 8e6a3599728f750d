import { expect, test } from "vitest";
import { createRequestSlots } from "./request-slots";

test("gives at most the limit for each webhook", () => {
  const slots = createRequestSlots(2);
  expect([slots.tryTake(1), slots.tryTake(1), slots.tryTake(1)]).toEqual([true, true, false]);
  expect(slots.tryTake(2)).toBe(true);
  slots.free(1);
  expect([slots.tryTake(1), slots.tryTake(1)]).toEqual([true, false]);
});

test("hands a slot to those who wait in the order they came, before whoever only tries", async () => {
  const slots = createRequestSlots(1);
  const order: string[] = [];
  await slots.take(1);
  const waiting = ["first", "second"].map(async (name) => {
    await slots.take(1);
    order.push(name);
    slots.free(1);
  });
  slots.free(1);
  expect(slots.tryTake(1)).toBe(false);
  await Promise.all(waiting);
  expect(order).toEqual(["first", "second"]);
  expect(slots.tryTake(1)).toBe(true);
});

test("tells who listens that a slot is free, unless somebody waits for it", async () => {
  const slots = createRequestSlots(1);
  const freed: number[] = [];
  slots.onFree((webhookId) => void freed.push(webhookId));
  await slots.take(7);
  const waiting = slots.take(7);
  slots.free(7);
  await waiting;
  expect(freed).toEqual([]);
  slots.free(7);
  expect(freed).toEqual([7]);
});

test("who waits only for a while goes without, and nobody else loses a turn", async () => {
  const slots = createRequestSlots(1);
  await slots.take(7);
  const patient = slots.take(7);
  expect(await slots.take(7, 1)).toBe(false);
  slots.free(7);
  expect(await patient).toBe(true);
  slots.free(7);
  expect(slots.tryTake(7)).toBe(true);
});
