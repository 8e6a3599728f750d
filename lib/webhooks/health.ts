/**
 * Requests that succeeded, in percent with one decimal; null before the first one. Rounded down, so that one failure
 * among many never reads as 100 %.
 */
export function successRate({ sent, succeeded }: { sent: number; succeeded: number }): number | null {
  // In whole numbers first: 0.29 * 1000 is a little less than 290.
  return sent === 0 ? null : Math.floor((succeeded * 1000) / sent) / 10;
}
