/** How far a clock is ahead of UTC, in milliseconds, as times write it: `+03:00`. */
export function offsetText(aheadMs: number): string {
  const minutes = Math.abs(aheadMs) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${aheadMs < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
