import { slipsBetween } from "@/lib/slips-between";

const MAX_NAME_LENGTH = 60;

/** The known name that a mistyped one most likely means; null when none is near. */
export function nearestName({ name, known }: { name: string; known: readonly string[] }): string | null {
  const written = name.slice(0, MAX_NAME_LENGTH).toLowerCase();
  const [nearest] = known
    .map((candidate) => ({ candidate, slips: slipsBetween({ name: written, known: candidate }) }))
    .filter(({ slips }) => slips <= Math.max(2, written.length * 0.4))
    .sort((a, b) => a.slips - b.slips);
  return nearest?.candidate ?? null;
}
