import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatRoubles, MAX_KOPECKS } from "./money";

describe("formatRoubles", () => {
  test.each([
    [152050, "1520.50"],
    [152000, "1520.00"],
    [1, "0.01"],
    [29, "0.29"],
    [57, "0.57"],
    [100, "1.00"],
    [0, "0.00"],
    [-0, "0.00"],
    [-0.4, "0.00"],
    [-1, "-0.01"],
    [-152055, "-1520.55"],
    [99.5, "1.00"],
    [MAX_KOPECKS, "9999999999999.99"],
  ])("%s kopecks → %s", (kopecks, expected) => {
    expect(formatRoubles(kopecks)).toBe(expected);
  });

  test("is exact: two decimals, and back to the same kopecks as a JSON number too", () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger().map((n) => n % (MAX_KOPECKS + 1)),
        (kopecks) => {
          const text = formatRoubles(kopecks);
          const [, sign, whole = "", decimals = ""] = /^(-?)(\d+)\.(\d\d)$/.exec(text) ?? [];
          expect(BigInt(whole + decimals) * (sign === "-" ? -1n : 1n)).toBe(BigInt(kopecks));
          expect(Math.round(JSON.parse(text) * 100)).toBe(kopecks);
        },
      ),
    );
  });
});
