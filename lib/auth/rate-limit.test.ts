import { describe, expect, test } from "vitest";
import { createRateLimit } from "./rate-limit";

function limitAt(clock: { now: number }) {
  return createRateLimit({ limit: 3, windowSeconds: 60, now: () => clock.now });
}

describe("createRateLimit", () => {
  test("lets the limit through, then says how long to wait, then starts anew", () => {
    const clock = { now: 0 };
    const limit = limitAt(clock);
    for (let tried = 0; tried < 3; tried += 1) {
      expect(limit.waitSeconds("a")).toBe(0);
      limit.count("a");
    }
    clock.now = 20_000;
    expect(limit.waitSeconds("a")).toBe(40);
    expect(limit.waitSeconds("b")).toBe(0);
    clock.now = 60_000;
    expect(limit.waitSeconds("a")).toBe(0);
  });

  test("a refunded try does not count", () => {
    const limit = limitAt({ now: 0 });
    for (let tried = 0; tried < 3; tried += 1) limit.count("a");
    limit.refund("a");
    expect(limit.waitSeconds("a")).toBe(0);
  });

  test("forgets the oldest keys rather than grow without end", () => {
    const limit = createRateLimit({ limit: 1, windowSeconds: 60, now: () => 0 });
    for (let sender = 0; sender <= 20_000; sender += 1) limit.count(String(sender));
    expect(limit.waitSeconds("0")).toBe(0);
    expect(limit.waitSeconds("20000")).toBe(60);
  });
});
