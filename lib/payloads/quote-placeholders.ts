/**
 * A template's text as JSON: a placeholder that stands where JSON wants a value (`{"sum": {{total_amount}}}`, as
 * iiko-base's users write it) gets its quotes, and the quotes within one (`local: "HH:mm"`) are escaped.
 */
export function quotePlaceholders(text: string): string {
  let json = "";
  let isInString = false;
  for (let at = 0; at < text.length; ) {
    const placeholder = placeholderAt({ text, at, isInString });
    const part = placeholder ?? (isInString && text[at] === "\\" ? text.slice(at, at + 2) : text.charAt(at));
    if (part === '"') isInString = !isInString;
    if (placeholder === null) json += part;
    else json += isInString ? escapeQuotes(placeholder) : JSON.stringify(placeholder);
    at += part.length;
  }
  return json;
}

function placeholderAt({ text, at, isInString }: { text: string; at: number; isInString: boolean }) {
  if (text[at] !== "{") return null;
  const isTag = text[at + 1] === "%";
  if (!(isTag && isInString) && text[at + 1] !== "{") return null;
  const end = text.indexOf(isTag ? "%}" : "}}", at + 2);
  if (end < 0) return null;
  const placeholder = text.slice(at, end + 2);
  // A string of JSON ends before its line does.
  return isInString && placeholder.includes("\n") ? null : placeholder;
}

function escapeQuotes(placeholder: string): string {
  return placeholder.replace(/\\.|"/g, (found) => (found === '"' ? '\\"' : found));
}
