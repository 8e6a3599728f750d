import type { StoredFlow } from "@/db/stored-flow";
import { type AlertRules, DEFAULT_RULES } from "@/lib/alerts/rules";
import { isDown, isPaused } from "@/lib/webhooks/health";

/**
 * What is told about a webhook: that it works, that its requests fail, that it is down and its deliveries wait, that
 * the product switched it off.
 */
export type AlertState = "ok" | "failing" | "down" | "deactivated";

export type AlertSubject = {
  isActive: boolean;
  /** Set when the product itself switched the webhook off (410 Gone). */
  deactivatedReason: string | null;
  consecutiveFailures: number;
  flow: StoredFlow | null;
  lastSentAt: Date | null;
  /** Its requests of the last hour; null when they were not counted. */
  lastHour: LastHour | null;
};
export type LastHour = { sent: number; failed: number };

/** What a channel was last told of a webhook, and when; null when nothing yet. */
export type Told = { state: AlertState; at: Date } | null;

// One that fails and recovers by turns is told of at most this often.
const QUIET_MS = 5 * 60_000;
const RATE_NEEDS_REQUESTS = 20;
// Lest a rate at the limit be told of by turns.
const RATE_RECOVERY_POINTS = 5;
// How long after a pause its next request may still be on its way.
const PAUSE_SLACK_MS = 60_000;

/** The state that a channel has to be told of now; null when it knows, or was told something else just before. */
export function stateToTell({
  subject,
  told,
  now,
  rules = DEFAULT_RULES,
}: {
  subject: AlertSubject;
  told: Told;
  now: Date;
  rules?: AlertRules;
}): AlertState | null {
  const state = presentState({ subject, told, now, rules });
  if (state === (told?.state ?? "ok")) return null;
  if (state !== "ok" && !rules.kinds[state]) return null;
  const isQuiet = told !== null && now.getTime() - told.at.getTime() < QUIET_MS;
  const isWorse = state === "deactivated" || (state === "down" && told?.state === "failing");
  return isQuiet && !isWorse ? null : state;
}

type Present = { subject: AlertSubject; told: Told; now: Date; rules: AlertRules };

function presentState({ subject, told, now, rules }: Present): AlertState {
  const known = told?.state ?? "ok";
  // What a person switched off is no news to the persons.
  if (!subject.isActive) return subject.deactivatedReason === null ? known : "deactivated";
  const { flow } = subject;
  if (isDown(flow)) {
    return now.getTime() - flow.down_since >= rules.down_minutes * 60_000 ? "down" : known;
  }
  const hasLowRate = isLowRate({ lastHour: subject.lastHour, rules, known });
  if (subject.consecutiveFailures === 0 && !hasLowRate) return "ok";
  const isFailing = hasLowRate || subject.consecutiveFailures >= rules.failures_in_row;
  if (!isFailing || isSlowedDown({ flow, now, rules })) return known;
  const wasOff = known === "deactivated" || known === "down";
  return wasOff && !hasSentSince({ subject, told }) ? known : "failing";
}

type Flow = { flow: StoredFlow | null };

/** Whether too few of the last hour's requests succeeded; of too few requests nothing can be said. */
function isLowRate({ lastHour, rules, known }: LowRate): boolean {
  const { success_rate_below: below } = rules;
  if (below === 0 || lastHour === null || lastHour.sent < RATE_NEEDS_REQUESTS) return false;
  const limit = known === "failing" ? Math.min(below + RATE_RECOVERY_POINTS, 100) : below;
  return lastHour.failed * 100 > lastHour.sent * (100 - limit);
}
type LowRate = { lastHour: LastHour | null; rules: AlertRules; known: AlertState };

// Eight requests at once that are all asked to come later are no news; a receiver that keeps asking is.
function isSlowedDown({ flow, now, rules }: Omit<Present, "subject" | "told"> & Flow): boolean {
  return (
    flow !== null && flow.pauses < rules.failures_in_row && isPaused(flow, now.getTime() - PAUSE_SLACK_MS)
  );
}

// Switching a webhook on again leaves the failures counted that led to its end.
function hasSentSince({ subject, told }: { subject: AlertSubject; told: Told }): boolean {
  return told !== null && subject.lastSentAt !== null && subject.lastSentAt > told.at;
}
