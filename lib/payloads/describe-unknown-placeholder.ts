import { PLACEHOLDERS } from "./placeholders";

const SUGGESTIONS = 3;
const SHOWN_CHARS = 60;

/** Names a placeholder nobody knows and the nearest known ones, or all of them when none is near. */
export function describeUnknownPlaceholder(name: string): string {
  const shown = name.length > SHOWN_CHARS ? `${name.slice(0, SHOWN_CHARS)}…` : name;
  const near = nearestPlaceholders(name.slice(0, SHOWN_CHARS));
  if (near.length > 0) return `unknown placeholder {{${shown}}}: did you mean ${listOf(near)}?`;
  return `unknown placeholder {{${shown}}}: the known ones are ${listOf(PLACEHOLDERS.map((known) => known.name))}`;
}

/** Near is a small slip of the pen, or a name that holds what was written: `order.phone`, `customer.name`. */
function nearestPlaceholders(written: string): string[] {
  const name = written.toLowerCase();
  const lastPart = name.slice(name.lastIndexOf(".") + 1);
  return PLACEHOLDERS.map((known) => ({
    known: known.name,
    slips: slipsBetween({ name, known: known.name }),
  }))
    .filter(({ known, slips }) => {
      return slips <= Math.max(2, name.length * 0.4) || (lastPart.length >= 4 && known.includes(lastPart));
    })
    .sort((a, b) => a.slips - b.slips)
    .slice(0, SUGGESTIONS)
    .map(({ known }) => known);
}

/** Letters to add, drop or change to get from one to the other (Levenshtein). */
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

function listOf(names: string[]): string {
  return names.map((name) => `{{${name}}}`).join(", ");
}
