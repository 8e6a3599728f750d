/** A time as it was written: the wall clock of the place, and how far that is from UTC. */
export type WrittenTime = {
  /** Milliseconds since 1970. */
  ms: number;
  /** `2020-08-31` */
  date: string;
  /** `16:23:31` */
  clock: string;
  /** `.123456`, or nothing. */
  fraction: string;
  /** `+03:00` or `Z`. */
  offset: string;
};

const CLOCK = String.raw`(?<clock>\d{2}:\d{2}(?::\d{2})?)(?:[.,](?<fraction>\d+))?`;
const ZONE = String.raw`(?: ?(?:Z|UTC?|GMT))?(?: ?(?<sign>[+-])(?<hours>\d{2})(?::?(?<minutes>\d{2}))?)?(?: \(.*\))?`;

// As isoformat() and Postgres write it, as e-mails and toUTCString(), as JavaScript's toString(), as ctime().
const SPELLINGS = [
  String.raw`(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[T ]${CLOCK}${ZONE}`,
  String.raw`(?:[a-z]{3}, )?(?<day>\d{1,2}) (?<month>[a-z]{3}) (?<year>\d{4}) ${CLOCK}${ZONE}`,
  String.raw`[a-z]{3} (?<month>[a-z]{3}) (?<day>\d{1,2}) (?<year>\d{4}) ${CLOCK}${ZONE}`,
  String.raw`[a-z]{3} (?<month>[a-z]{3}) {1,2}(?<day>\d{1,2}) ${CLOCK} (?<year>\d{4})${ZONE}`,
].map((spelling) => new RegExp(`^${spelling}$`, "i"));

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MAX_LENGTH = 100;

const MIN_EPOCH_MS = Date.UTC(1980);
const MAX_EPOCH_MS = Date.UTC(2100);
// In milliseconds this is March 1973, in seconds the year 5138.
const MIN_MILLISECONDS = 1e11;

/**
 * Reads a time in any spelling that Python, Postgres or JavaScript writes; null when it is none. One without an
 * offset is read as UTC, because iiko-base keeps such columns in UTC; a number counts from 1970.
 */
export function readTime(value: unknown): WrittenTime | null {
  if (typeof value === "number") return readEpoch(value);
  if (typeof value !== "string" || value.length > MAX_LENGTH) return null;
  if (/^\d{9,13}(?:\.\d+)?$/.test(value)) return readEpoch(Number(value));
  for (const spelling of SPELLINGS) {
    const parts = spelling.exec(value)?.groups;
    if (parts) return writtenTime(parts);
  }
  return null;
}

/** Milliseconds since 1970 of a number of seconds (below 10¹¹) or milliseconds; null outside 1980–2100. */
export function epochMs(count: number): number | null {
  const ms = Math.floor(count < MIN_MILLISECONDS ? count * 1000 : count);
  return ms >= MIN_EPOCH_MS && ms <= MAX_EPOCH_MS ? ms : null;
}

/** Milliseconds since 1970 of a time, see readTime; null when it is none. */
export function parseTime(value: unknown): number | null {
  return readTime(value)?.ms ?? null;
}

/** A time in UTC as the guide writes it, `2020-08-31T16:23:31Z`, with milliseconds only if there are any. */
export function formatUtc(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(".000Z", "Z");
}

/** An order's time in UTC; null when it has none that can be read. */
export function toUtcTime(value: unknown): string | null {
  const timeMs = parseTime(value);
  return timeMs === null ? null : formatUtc(timeMs);
}

/** An order's time in ISO 8601 with the offset it came with, `Z` without one; null when it has none that can be read. */
export function toOffsetTime(value: unknown): string | null {
  const time = readTime(value);
  return time && `${time.date}T${time.clock}${time.fraction}${time.offset}`;
}

type Parts = Record<string, string | undefined>;

function writtenTime(parts: Parts): WrittenTime | null {
  const date = `${parts.year}-${monthNumber(parts.month ?? "")}-${parts.day?.padStart(2, "0")}`;
  const clock = parts.clock?.length === 5 ? `${parts.clock}:00` : (parts.clock ?? "");
  const digits = parts.fraction ?? "";
  const wallClock = `${date}T${clock}.${digits.padEnd(3, "0").slice(0, 3)}Z`;
  const wallClockMs = Date.parse(wallClock);
  // Date.parse moves 30 February to March; only a real date comes back as it was written.
  if (Number.isNaN(wallClockMs) || new Date(wallClockMs).toISOString() !== wallClock) return null;
  const fraction = digits && `.${digits.slice(0, 9)}`;
  const { sign, hours = "00", minutes = "00" } = parts;
  if (sign === undefined) return { ms: wallClockMs, date, clock, fraction, offset: "Z" };
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  const aheadMs = (Number(hours) * 60 + Number(minutes)) * (sign === "+" ? 60_000 : -60_000);
  // ISO 8601 knows no -00:00.
  const offset = `${aheadMs === 0 ? "+" : sign}${hours}:${minutes}`;
  return { ms: wallClockMs - aheadMs, date, clock, fraction, offset };
}

function monthNumber(month: string): string {
  if (/^\d{2}$/.test(month)) return month;
  return String(MONTHS.indexOf(month.toLowerCase()) + 1).padStart(2, "0");
}

function readEpoch(count: number): WrittenTime | null {
  const ms = epochMs(count);
  if (ms === null) return null;
  const [date = "", rest = ""] = new Date(ms).toISOString().split("T");
  const fraction = ms % 1000 === 0 ? "" : rest.slice(8, 12);
  return { ms, date, clock: rest.slice(0, 8), fraction, offset: "Z" };
}
