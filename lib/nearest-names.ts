const MAX_NAME_LENGTH = 60;

type Mistyped = {
  name: string;
  known: readonly string[];
  /** Whether what was written, in small letters, is a part of a known name that tells which is meant. */
  isPart: (written: string, candidate: string) => boolean;
};

/** The known names that a mistyped one may mean, the nearest first: by a small slip of the pen, or by a part of it. */
export function nearestNames({ name, known, isPart }: Mistyped): string[] {
  const written = name.slice(0, MAX_NAME_LENGTH).toLowerCase();
  return known
    .map((candidate) => ({ candidate, slips: slipsBetween({ name: written, known: candidate }) }))
    .filter(
      ({ candidate, slips }) => slips <= Math.max(2, written.length * 0.4) || isPart(written, candidate),
    )
    .sort((a, b) => a.slips - b.slips)
    .map(({ candidate }) => candidate);
}

/** Letters to add, drop or change to get from one name to the other (Levenshtein's distance). */
function slipsBetween({ name, known }: { name: string; known: string }): number {
  let row = Array.from({ length: known.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...name].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= known.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (letter === known[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[known.length] ?? 0;
}
