/**
 * Upper bounds in milliseconds of the histogram in `webhook_intervals.durations`, from 1 s on each at most a fifth
 * above the one before; the last bucket has none. Another list needs a migration of the rows.
 */
export const DURATION_BUCKETS_MS: readonly number[] = openEnded([
  5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 70, 80, 100, 120, 140, 160, 200, 240, 280, 320, 400, 480, 560, 640,
  800, 960, 1120, 1280, 1500, 1700, 1920, 2240, 2560, 3000, 3600, 4300, 5120, 6000, 7200, 8600, 10240, 12000,
  14400, 17200, 20480, 24000, 28800, 34400, 40960, 49000, 58000, 69000, 82000, 98000, 117000, 140000, 168000,
  200000, 240000, 288000,
]);

/** The bounds that /api/metrics has, in milliseconds: some of those above, so that a webhook makes few series. */
export const METRIC_BUCKETS_MS: readonly number[] = openEnded([
  5, 10, 15, 20, 30, 40, 60, 80, 120, 160, 240, 320, 480, 640, 960, 1280, 1920, 2560, 5120, 10240, 20480,
  40960,
]);

function openEnded(bounds: number[]): readonly number[] {
  return [...bounds, Number.POSITIVE_INFINITY];
}

export function durationBucket(durationMs: number): number {
  return DURATION_BUCKETS_MS.findIndex((bound) => durationMs <= bound);
}

type Histogram = {
  counts: readonly number[];
  /** The shortest and the longest request in milliseconds; null where they were not counted for all of them. */
  shortestMs: number | null;
  longestMs: number | null;
};

/**
 * The duration in milliseconds that `share` (0 to 1) of the requests did not exceed, interpolated within its bucket and
 * never outside what was really measured. Null without requests.
 */
export function durationPercentile({
  counts,
  shortestMs,
  longestMs,
  share,
}: Histogram & { share: number }): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let left = share * total;
  for (const [bucket, count] of counts.entries()) {
    if (count === 0 || left > count) {
      left -= count;
      continue;
    }
    const low = Math.max(DURATION_BUCKETS_MS[bucket - 1] ?? 0, shortestMs ?? 0);
    const bound = DURATION_BUCKETS_MS[bucket] ?? low;
    const high = Math.min(bound, longestMs ?? (Number.isFinite(bound) ? bound : low));
    return Math.round(low + Math.max(0, high - low) * (left / count));
  }
  return null;
}
