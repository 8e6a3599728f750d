/** The colour of a success rate in percent. */
export function rateColour(rate: number): string {
  if (rate >= 99) return "text-success";
  return rate >= 90 ? "text-warning" : "text-danger";
}
