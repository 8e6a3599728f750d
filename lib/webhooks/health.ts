/**
 * Requests that succeeded, in percent with one decimal; null before the first one. Rounded down, so that one failure
 * among many never reads as 100 %.
 */
export function successRate({ sent, succeeded }: { sent: number; succeeded: number }): number | null {
  // In whole numbers first: 0.29 * 1000 is a little less than 290.
  return sent === 0 ? null : Math.floor((succeeded * 1000) / sent) / 10;
}

export type Health = { is_active: boolean; deactivated_reason: string | null; consecutive_failures: number };

/**
 * Whether a webhook fails: its newest request, tests aside, did not succeed, or the product switched it off. One that
 * a person switched off does not. Alerts wait for a few failures in a row (lib/alerts/alert-state).
 */
export function isFailing({ is_active, deactivated_reason, consecutive_failures }: Health): boolean {
  return is_active ? consecutive_failures > 0 : deactivated_reason !== null;
}
