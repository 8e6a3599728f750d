import { slipsBetween } from "@/lib/slips-between";

const MAX_NAME_LENGTH = 60;

/** The known name that a mistyped one most likely means; null when none is near. */
export function nearestName({ name, known }: { name: string; known: readonly string[] }): string | null {
  const written = name.slice(0, MAX_NAME_LENGTH).toLowerCase();
  const [nearest] = known
    .map((candidate) => ({ candidate, slips: slipsBetween({ name: written, known: candidate }) }))
    .filter(
      ({ candidate, slips }) => slips <= Math.max(2, written.length * 0.4) || isPart({ written, candidate }),
    )
    .sort((a, b) => a.slips - b.slips);
  return nearest?.candidate ?? null;
}

// `timeout` means timeout_seconds, `url` means webhook_url.
function isPart({ written, candidate }: { written: string; candidate: string }): boolean {
  return candidate.split("_").includes(written);
}
