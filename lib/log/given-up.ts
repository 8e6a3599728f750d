/** Whether a delivery failed because it had waited for too long, by its reason as it is stored. */
export function isGivenUp(reason: string | null): boolean {
  return reason?.startsWith("Given up") ?? false;
}
