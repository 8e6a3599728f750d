import { LONGEST_DELAY_MS } from "@/db/longest-waits";
import type { StoredFlow } from "@/db/stored-flow";
import type { StoredPause } from "@/db/stored-pause";

/**
 * Requests that succeeded, in percent with one decimal; null before the first one. Rounded down, so that one failure
 * among many never reads as 100 %.
 */
export function successRate({ sent, succeeded }: { sent: number; succeeded: number }): number | null {
  // In whole numbers first: 0.29 * 1000 is a little less than 290.
  return sent === 0 ? null : Math.floor((succeeded * 1000) / sent) / 10;
}

export type Health = {
  is_active: boolean;
  deactivated_reason: string | null;
  consecutive_failures: number;
  flow: StoredFlow | null;
  /** How a person paused it; where that is not read, one that is not active is off. */
  pause?: StoredPause | null;
  /** Its requests of the last 24 hours, tests aside, and those of them that did not succeed. */
  recent_sent: number;
  recent_failed: number;
};

/**
 * How a webhook does. `off`: a person switched it off; `held`: a person paused it and its orders wait; `deactivated`:
 * the product switched it off; `down`: its receiver is away and its deliveries wait; `paused`: its receiver asked for
 * fewer requests; `failing`: its newest request, tests aside, did not succeed; `unsteady`: that one did, but too few
 * of the last 24 hours. Alerts wait for a few failures in a row (lib/alerts/alert-state).
 */
export type HealthState =
  | "off"
  | "held"
  | "deactivated"
  | "down"
  | "paused"
  | "failing"
  | "unsteady"
  | "healthy";

/** In percent: below this a webhook that got through just now does not work well. */
export const STEADY_RATE = 90;
// Fewer say nothing: one order that went through at its third attempt is no trouble.
const TELLING_REQUESTS = 5;

/** The one rule of how a webhook does. `now` is ms since 1970. */
export function healthState(health: Health, now = Date.now()): HealthState {
  if (!health.is_active && health.pause?.holds_orders) return "held";
  if (!health.is_active) return health.deactivated_reason === null ? "off" : "deactivated";
  if (isDown(health.flow)) return "down";
  if (isPaused(health.flow, now)) return "paused";
  if (health.consecutive_failures > 0) return "failing";
  return isUnsteady(health) ? "unsteady" : "healthy";
}

function isUnsteady({ recent_sent: sent, recent_failed: failed }: Health): boolean {
  const rate = successRate({ sent, succeeded: sent - failed });
  return sent >= TELLING_REQUESTS && rate !== null && rate < STEADY_RATE;
}

/** Whether a person may want to look at it: its receiver takes nothing, or refused the newest request. */
export function isFailing(health: Health, now = Date.now()): boolean {
  const state = healthState(health, now);
  return state === "failing" || state === "down" || state === "deactivated";
}

export function isDown(flow: StoredFlow | null): flow is StoredFlow & { down_since: number } {
  return flow !== null && flow.down_since !== null;
}

export function isPaused(
  flow: StoredFlow | null,
  now = Date.now(),
): flow is StoredFlow & { paused_until: number } {
  const until = flow?.paused_until ?? 0;
  return until > now && until <= now + LONGEST_DELAY_MS;
}
