import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_KOPECKS, roubles } from "./money";

describe("roubles", () => {
  test.each([
    [152050, 1520.5],
    [1, 0.01],
    [29, 0.29],
    [57, 0.57],
    [100, 1],
    [0, 0],
    [-152055, -1520.55],
    [99.5, 1],
    [MAX_KOPECKS, 9999999999999.99],
    [null, null],
    [undefined, null],
  ])("%s kopecks → %s", (kopecks, expected) => {
    expect(roubles(kopecks)).toBe(expected);
  });

  test("is exact: at most two decimals as JSON, and back to the same kopecks", () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger().map((n) => n % (MAX_KOPECKS + 1)),
        (kopecks) => {
          const text = JSON.stringify(roubles(kopecks));
          const [, sign, whole = "", decimals = ""] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
          const written = BigInt(whole + decimals.padEnd(2, "0")) * (sign === "-" ? -1n : 1n);
          expect(written).toBe(BigInt(kopecks));
          expect(Math.round(Number(text) * 100)).toBe(kopecks);
        },
      ),
    );
  });
});
