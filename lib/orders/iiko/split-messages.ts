/**
 * The messages of a body that is known to be valid JSON, each as its own bytes: the entries of an array, or the
 * body itself. What is between them is left out, what is inside them is not touched.
 */
export function splitMessages(json: string): string[] {
  const text = json.trim();
  if (!text.startsWith("[")) return [text];
  const messages: string[] = [];
  let start = 1;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) at = endOfString({ text, start: at });
    else if (char === OPEN_BRACE || char === OPEN_BRACKET) depth += 1;
    else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) depth -= 1;
    const isEnd = (char === COMMA && depth === 1) || depth === 0;
    if (!isEnd) continue;
    const message = text.slice(start, at).trim();
    if (message !== "") messages.push(message);
    start = at + 1;
  }
  return messages;
}

const QUOTE = 34;
const COMMA = 44;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

function endOfString({ text, start }: { text: string; start: number }): number {
  let end = start + 1;
  while (end < text.length && text.charCodeAt(end) !== QUOTE) {
    end += text.charCodeAt(end) === BACKSLASH ? 2 : 1;
  }
  return end;
}
