/**
 * The largest sum of kopecks, either way, that is still exact to the kopeck as a JSON number of roubles:
 * a double carries 15 decimal digits.
 */
export const MAX_KOPECKS = 999_999_999_999_999;

/** Kopecks as roubles with two decimals, rounded to the kopeck: 152050 → `1520.50`, 0 → `0.00`. */
export function formatRoubles(kopecks: number): string {
  const rounded = Math.round(kopecks);
  const digits = String(Math.abs(rounded)).padStart(3, "0");
  return `${rounded < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
