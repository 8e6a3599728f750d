/** The value below which a share of the sorted values lies, by nearest rank; NaN of nothing. */
export function percentile(sorted: number[], share: number): number {
  const rank = Math.max(0, Math.ceil(sorted.length * share) - 1);
  return sorted[rank] ?? Number.NaN;
}

/** To a tenth, as the tables show milliseconds and ratios are not. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
