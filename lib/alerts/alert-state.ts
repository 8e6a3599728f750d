import type { StoredFlow } from "@/db/stored-flow";
import { isDown, isPaused } from "@/lib/webhooks/health";

/**
 * What is told about a webhook: that it works, that its requests fail, that it is down and its deliveries wait, that
 * the product switched it off.
 */
export const ALERT_STATES = ["ok", "failing", "down", "deactivated"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** Failed requests in a row, retries included, after which people are told that a webhook fails. */
export const TOLD_AFTER = 5;

export type AlertSubject = {
  isActive: boolean;
  /** Set when the product itself switched the webhook off (410 Gone). */
  deactivatedReason: string | null;
  consecutiveFailures: number;
  flow: StoredFlow | null;
  lastSentAt: Date | null;
};

/** What a channel was last told of a webhook, and when; null when nothing yet. */
export type Told = { state: AlertState; at: Date } | null;

// One that fails and recovers by turns is told of at most this often.
const QUIET_MS = 5 * 60_000;
// How long after a pause its next request may still be on its way.
const PAUSE_SLACK_MS = 60_000;

/** The state that a channel has to be told of now; null when it knows, or was told something else just before. */
export function stateToTell({
  subject,
  told,
  now,
}: {
  subject: AlertSubject;
  told: Told;
  now: Date;
}): AlertState | null {
  const state = presentState({ subject, told, now });
  if (state === (told?.state ?? "ok")) return null;
  const isQuiet = told !== null && now.getTime() - told.at.getTime() < QUIET_MS;
  const isWorse = state === "deactivated" || (state === "down" && told?.state === "failing");
  return isQuiet && !isWorse ? null : state;
}

type Present = { subject: AlertSubject; told: Told; now: Date };

function presentState({ subject, told, now }: Present): AlertState {
  const known = told?.state ?? "ok";
  // What a person switched off is no news to the persons.
  if (!subject.isActive) return subject.deactivatedReason === null ? known : "deactivated";
  if (isDown(subject.flow)) return "down";
  if (subject.consecutiveFailures === 0) return "ok";
  if (subject.consecutiveFailures < TOLD_AFTER || isSlowedDown({ flow: subject.flow, now })) return known;
  const wasOff = known === "deactivated" || known === "down";
  return wasOff && !hasSentSince({ subject, told }) ? known : "failing";
}

// Eight requests at once that are all asked to come later are no news; a receiver that keeps asking is.
function isSlowedDown({ flow, now }: { flow: StoredFlow | null; now: Date }): boolean {
  return flow !== null && flow.pauses < TOLD_AFTER && isPaused(flow, now.getTime() - PAUSE_SLACK_MS);
}

// Switching a webhook on again leaves the failures counted that led to its end.
function hasSentSince({ subject, told }: { subject: AlertSubject; told: Told }): boolean {
  return told !== null && subject.lastSentAt !== null && subject.lastSentAt > told.at;
}
