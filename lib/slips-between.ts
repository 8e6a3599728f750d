/** Letters to add, drop or change to get from one name to the other (Levenshtein's distance). */
export function slipsBetween({ name, known }: { name: string; known: string }): number {
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
