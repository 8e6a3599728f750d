/**
 * How many requests a webhook may have under way. Without bounds until its receiver asks for fewer or is away; then
 * one, and one more with each success (design, «Slow down»). A receiver that keeps asking within a minute is not
 * pushed so far again: what it may reach is halved each time. One request alone, a probe for one, was not too many.
 */
export type Window = { size: number; highest: number; slowedAt: number };

const REMEMBERED_MS = 60_000;

export function openWindow(): Window {
  return { size: Number.POSITIVE_INFINITY, highest: Number.POSITIVE_INFINITY, slowedAt: 0 };
}

/** Begins again with one request. `inFlight` is how many there were when the receiver asked for fewer. */
export function slowDown(window: Window, { inFlight, now }: { inFlight: number; now: number }): void {
  const isAgain = now - window.slowedAt < REMEMBERED_MS;
  if (!isAgain) window.highest = Number.POSITIVE_INFINITY;
  else if (inFlight > 1) window.highest = Math.floor(Math.min(window.highest, inFlight) / 2) || 1;
  window.size = 1;
  window.slowedAt = now;
}

export function speedUp(window: Window, { now }: { now: number }): void {
  if (now - window.slowedAt >= REMEMBERED_MS) window.highest = Number.POSITIVE_INFINITY;
  window.size = Math.min(window.size + 1, window.highest);
}
