const ISO_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?$/i;

/**
 * Milliseconds since 1970 of an ISO 8601 time as Python, JavaScript or Postgres write it; null when it is
 * not one. A time without an offset is read as UTC, because iiko-base keeps such columns in UTC.
 */
export function parseTime(text: string): number | null {
  const [, date, minutes, seconds = "00", fraction = "", , sign, offsetHours, offsetMinutes] =
    ISO_TIME.exec(text) ?? [];
  if (date === undefined) return null;
  const wallClock = `${date}T${minutes}:${seconds}.${fraction.padEnd(3, "0").slice(0, 3)}Z`;
  const wallClockMs = Date.parse(wallClock);
  // Date.parse moves 30 February to March; only a real date comes back as it was written.
  if (Number.isNaN(wallClockMs) || new Date(wallClockMs).toISOString() !== wallClock) return null;
  if (sign === undefined) return wallClockMs;
  if (Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return null;
  const offsetMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  return sign === "+" ? wallClockMs - offsetMs : wallClockMs + offsetMs;
}

/** A time in UTC as the guide writes it, `2020-08-31T16:23:31Z`, with milliseconds only if there are any. */
export function formatUtc(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(".000Z", "Z");
}

/** An order's time in UTC; null when it has none. */
export function toUtcTime(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const timeMs = parseTime(text);
  return timeMs === null ? text : formatUtc(timeMs);
}

/** An order's time with the offset it came with; one that came without gets the `Z` it is read as. */
export function toOffsetTime(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);
  return text.replace(" ", "T") + (hasOffset ? "" : "Z");
}
