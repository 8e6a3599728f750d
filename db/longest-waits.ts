const MINUTE_MS = 60_000;

// Whatever seems to wait for longer than these was put off by a clock that has been set back since: it waits no more.

/** The longest pause that a receiver's Retry-After can ask for. */
export const MAX_RETRY_AFTER_MS = 60 * MINUTE_MS;
/** The longest that a delivery, or a webhook that is paused, waits. */
export const LONGEST_DELAY_MS = MAX_RETRY_AFTER_MS + MINUTE_MS;

export const MAX_PROBE_MS = 5 * MINUTE_MS;
/**
 * Probes come later by up to this share: a receiver that is away for a while every minute, or every five, would
 * otherwise be asked at that very time again and again.
 */
export const PROBE_SPREAD = 0.1;
/** The longest that a webhook that is down waits for its next probe. */
export const LONGEST_PROBE_MS = MAX_PROBE_MS * (1 + PROBE_SPREAD) + MINUTE_MS;
