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
};

/**
 * How a webhook does. `off`: a person switched it off; `held`: a person paused it and its orders wait; `deactivated`: the product did; `down`: its receiver is away
 * and its deliveries wait; `paused`: its receiver asked for fewer requests; `failing`: its newest request, tests
 * aside, did not succeed. Alerts wait for a few failures in a row (lib/alerts/alert-state).
 */
export type HealthState = "off" | "held" | "deactivated" | "down" | "paused" | "failing" | "healthy";

/** The one rule of how a webhook does. `now` is ms since 1970. */
export function healthState(health: Health, now = Date.now()): HealthState {
  if (!health.is_active && health.pause?.holds_orders) return "held";
  if (!health.is_active) return health.deactivated_reason === null ? "off" : "deactivated";
  if (isDown(health.flow)) return "down";
  if (isPaused(health.flow, now)) return "paused";
  return health.consecutive_failures > 0 ? "failing" : "healthy";
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
  return flow !== null && (flow.paused_until ?? 0) > now;
}
