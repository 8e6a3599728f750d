import { LONGEST_DELAY_MS } from "@/db/longest-waits";

/** When a delivery may be sent, in ms since 1970, by its `next_attempt_at`; 0 is at once. */
export function dueAt(nextAttemptAt: string | null, now = Date.now()): number {
  if (nextAttemptAt === null) return 0;
  const time = Date.parse(nextAttemptAt);
  return isDue(time, now) ? 0 : time;
}

/** Whether the time, in ms since 1970, has come; the clock may have been set either way since it was chosen. */
export function isDue(time: number, now: number): boolean {
  return time <= now || time > now + LONGEST_DELAY_MS;
}
