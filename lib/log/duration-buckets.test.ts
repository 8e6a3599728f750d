import fc from "fast-check";
import { expect, test } from "vitest";
import {
  DURATION_BUCKETS_MS,
  durationBucket,
  durationPercentile,
  METRIC_BUCKETS_MS,
} from "./duration-buckets";

const repeat = (count: number, ms: number) => new Array<number>(count).fill(ms);

function percentile(durations: number[], share: number): number | null {
  const counts = new Array<number>(DURATION_BUCKETS_MS.length).fill(0);
  for (const ms of durations) counts[durationBucket(ms)] = (counts[durationBucket(ms)] ?? 0) + 1;
  const [shortestMs, longestMs] = [Math.min(...durations), Math.max(...durations)];
  return durationPercentile({ counts, shortestMs, longestMs, share });
}

test.each<[string, number[], number, number]>([
  ["timeouts of 30 s", repeat(20, 30_000), 30_000, 30_000],
  ["one request", [137], 137, 137],
  ["timeouts of 300 s", [...repeat(10, 80), ...repeat(10, 300_000)], 288_000, 300_000],
  ["10 % above 5 s", [...repeat(90, 100), ...repeat(10, 5_050)], 4_300, 5_050],
  ["5 % at the timeout of 30 s", [...repeat(94, 100), ...repeat(6, 30_004)], 28_800, 30_004],
])("p95 of %s", (_what, durations, least, most) => {
  const p95 = percentile(durations, 0.95);
  expect(p95).toBeGreaterThanOrEqual(least);
  expect(p95).toBeLessThanOrEqual(most);
});

test("a percentile lies between the shortest and the longest request, within a fifth of the true one above 1 s", () => {
  const durations = fc.array(fc.integer({ min: 0, max: 300_500 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(durations, fc.constantFrom(0.5, 0.95), (given, share) => {
      const sorted = given.toSorted((a, b) => a - b);
      const truth = sorted[Math.ceil(share * given.length) - 1] ?? 0;
      const found = percentile(given, share) ?? -1;
      expect(found).toBeGreaterThanOrEqual(sorted[0] ?? 0);
      expect(found).toBeLessThanOrEqual(sorted.at(-1) ?? 0);
      if (truth > 1_120) expect(Math.abs(found - truth)).toBeLessThanOrEqual(truth / 5 + 1);
    }),
  );
});

test("without what was really measured, as of rows counted before, the bucket's bounds hold", () => {
  const counts = DURATION_BUCKETS_MS.map((bound) => Number(bound === 34_400));
  expect(durationPercentile({ counts, shortestMs: null, longestMs: null, share: 0.5 })).toBe(31_600);
  expect(durationPercentile({ counts: [], shortestMs: null, longestMs: null, share: 0.5 })).toBeNull();
});

test("the bounds rise by at most a fifth from 1 s on, and the metrics' are among them", () => {
  const finite = DURATION_BUCKETS_MS.filter((bound) => bound > 1_000 && Number.isFinite(bound));
  for (const [index, bound] of finite.entries()) {
    expect(bound / (finite[index - 1] ?? bound)).toBeLessThanOrEqual(1.2);
  }
  expect(METRIC_BUCKETS_MS.filter((bound) => !DURATION_BUCKETS_MS.some((other) => other === bound))).toEqual(
    [],
  );
});
