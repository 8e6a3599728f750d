/**
 * The largest sum of kopecks, either way, that is still exact to the kopeck as a JSON number of roubles:
 * a double carries 15 decimal digits.
 */
export const MAX_KOPECKS = 999_999_999_999_999;

/** Kopecks as roubles rounded to the kopeck, so 152050 → 1520.5; null when there is no sum. */
export function roubles(kopecks: number | null | undefined): number | null {
  if (kopecks === null || kopecks === undefined) return null;
  return Math.round(kopecks) / 100;
}
