/**
 * A template with a placeholder put in place of the selection, and where the cursor goes. A placeholder stands
 * inside a JSON string, so outside of one it brings its quotes along.
 */
export function insertPlaceholder({
  text,
  from,
  to,
  name,
}: {
  text: string;
  from: number;
  to: number;
  name: string;
}): { text: string; cursor: number } {
  const before = text.slice(0, from);
  const written = isInString(before) ? `{{${name}}}` : `"{{${name}}}"`;
  return { text: before + written + text.slice(to), cursor: from + written.length };
}

function isInString(before: string): boolean {
  const quotes = before.replace(/\\./gs, "").match(/"/g)?.length ?? 0;
  return quotes % 2 === 1;
}
