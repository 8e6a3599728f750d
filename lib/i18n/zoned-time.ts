import { offsetText } from "@/lib/offset-text";

const QUARTER_MS = 15 * 60_000;

/**
 * Writes moments (ISO 8601 in UTC) with the offset of a time zone: `2026-02-11T15:30:00.123+03:00`. Made once for many,
 * since a zone's offset is slow to ask for and changes at quarters of an hour only.
 */
export function createZonedTime(timeZone: string): (at: string) => string {
  const wallClock = createWallClock(timeZone);
  let quarter = Number.NaN;
  let offsetMs = 0;
  return (at) => {
    const ms = Date.parse(at);
    const start = Math.floor(ms / QUARTER_MS) * QUARTER_MS;
    if (start !== quarter) {
      quarter = start;
      offsetMs = Date.parse(`${wallClock(start)}Z`) - start;
    }
    return new Date(ms + offsetMs).toISOString().replace("Z", offsetText(offsetMs));
  };
}

/** Returns what a clock on the wall of the zone shows at a moment: `2026-02-11T15:30:00`. */
export function createWallClock(timeZone: string): (at: Date | number) => string {
  // Swedish writes times as ISO 8601 does.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return (at) => format.format(at).replace(" ", "T");
}
