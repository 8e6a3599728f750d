/** Upper bounds in milliseconds of the histogram in `webhook_intervals.durations`; the last bucket has none. */
export const DURATION_BUCKETS_MS = [
  5,
  10,
  15,
  20,
  30,
  40,
  60,
  80,
  120,
  160,
  240,
  320,
  480,
  640,
  960,
  1280,
  1920,
  2560,
  5120,
  10_240,
  20_480,
  40_960,
  Number.POSITIVE_INFINITY,
] as const;

export function durationBucket(durationMs: number): number {
  return DURATION_BUCKETS_MS.findIndex((bound) => durationMs <= bound);
}

/**
 * The duration in milliseconds that `share` (0 to 1) of the requests did not exceed, interpolated within
 * its bucket. Null without requests.
 */
export function durationPercentile({
  counts,
  share,
}: {
  counts: readonly number[];
  share: number;
}): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let left = share * total;
  for (const [bucket, count] of counts.entries()) {
    if (count === 0 || left > count) {
      left -= count;
      continue;
    }
    const low = DURATION_BUCKETS_MS[bucket - 1] ?? 0;
    const high = DURATION_BUCKETS_MS[bucket] ?? low;
    return Math.round(Number.isFinite(high) ? low + (high - low) * (left / count) : low);
  }
  return null;
}
