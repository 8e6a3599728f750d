import { expect, test } from "vitest";
import { createLargeBodies } from "./large-bodies";

test("one large body of a webhook is sent at once, and eight of all", () => {
  const bodies = createLargeBodies();
  expect([bodies.tryTake(1), bodies.tryTake(1)]).toEqual([true, false]);
  const others = [2, 3, 4, 5, 6, 7, 8].map((webhookId) => bodies.tryTake(webhookId));
  expect(others).toEqual(others.map(() => true));
  expect(bodies.tryTake(9)).toBe(false);
  bodies.free(1);
  expect([bodies.tryTake(9), bodies.tryTake(1)]).toEqual([true, false]);
});
