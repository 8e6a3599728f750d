/** A time of this column or expression as the API writes it, ISO 8601 in UTC: 2026-03-01T12:00:00.000Z. */
export function utc(time: string): string {
  return `to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
