/** What is told about a webhook: that it works, that its requests fail, that the product switched it off. */
export const ALERT_STATES = ["ok", "failing", "deactivated"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** Failed requests in a row, retries included, after which people are told that a webhook fails. */
export const TOLD_AFTER = 5;

export type AlertSubject = {
  isActive: boolean;
  /** Set when the product itself switched the webhook off (410 Gone). */
  deactivatedReason: string | null;
  consecutiveFailures: number;
  lastSentAt: Date | null;
};

/** What a channel was last told of a webhook, and when; null when nothing yet. */
export type Told = { state: AlertState; at: Date } | null;

// One that fails and recovers by turns is told of at most this often.
const QUIET_MS = 5 * 60_000;

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
  const state = presentState({ subject, told });
  if (state === (told?.state ?? "ok")) return null;
  const isQuiet = told !== null && now.getTime() - told.at.getTime() < QUIET_MS;
  return isQuiet && state !== "deactivated" ? null : state;
}

function presentState({ subject, told }: { subject: AlertSubject; told: Told }): AlertState {
  const known = told?.state ?? "ok";
  // What a person switched off is no news to the persons.
  if (!subject.isActive) return subject.deactivatedReason === null ? known : "deactivated";
  if (subject.consecutiveFailures === 0) return "ok";
  if (subject.consecutiveFailures < TOLD_AFTER) return known;
  return known === "deactivated" && !hasSentSince({ subject, told }) ? known : "failing";
}

// Switching a webhook on again leaves the failures counted that led to its end.
function hasSentSince({ subject, told }: { subject: AlertSubject; told: Told }): boolean {
  return told !== null && subject.lastSentAt !== null && subject.lastSentAt > told.at;
}
