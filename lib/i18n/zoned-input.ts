import { createWallClock } from "./zoned-time";

/** A moment as a `datetime-local` field shows it: `2026-02-11T15:30`, in the reader's time zone. */
export function toZonedInput({ at, timeZone }: { at: Date; timeZone: string }): string {
  return createWallClock(timeZone)(at).slice(0, 16);
}

/** The moment that a `datetime-local` field means in the reader's time zone; null when it is empty or no time. */
export function fromZonedInput({ text, timeZone }: { text: string; timeZone: string }): Date | null {
  const asUtc = new Date(`${text}Z`);
  if (text === "" || Number.isNaN(asUtc.getTime())) return null;
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = new Date(asUtc.getTime() - offsetMs({ at: asUtc, timeZone }));
  return new Date(asUtc.getTime() - offsetMs({ at: guess, timeZone }));
}

function offsetMs({ at, timeZone }: { at: Date; timeZone: string }): number {
  return Date.parse(`${createWallClock(timeZone)(at)}Z`) - Math.floor(at.getTime() / 1000) * 1000;
}
