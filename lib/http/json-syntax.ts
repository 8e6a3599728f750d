// A string holds no control characters; \p{Cc} also takes U+007F to U+009F, which JSON allows.
const TOKEN =
  /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/uy;
// The search keeps a place to return to for every character of a string.
const MAX_SEARCHED = 4 * 1024 * 1024;
const SPACE = /[ \t\r\n]*/y;

/** `found` is the character there; undefined where the text ends too early. Lines and columns count from 1. */
export type JsonMistake = { line: number; column: number; found: string | undefined };

/**
 * Where a text stops being JSON (RFC 8259), for a person: `unexpected "}" at line 1, column 6`. For a text that
 * JSON.parse has refused.
 */
export function describeJsonMistake(text: string): string {
  if (text.length > MAX_SEARCHED) return `a mistake somewhere in ${text.length} characters`;
  const { line, column, found } = findJsonMistake(text);
  const place = `line ${line}, column ${column}`;
  return found === undefined
    ? `it ends too early at ${place}`
    : `unexpected ${JSON.stringify(found)} at ${place}`;
}

/** The same in parts. What an engine says itself names a place only for some mistakes. */
export function findJsonMistake(text: string): JsonMistake {
  const index = mistakeIndex(text);
  const before = text.slice(0, index);
  return {
    line: before.split("\n").length,
    column: index - before.lastIndexOf("\n"),
    found: [...text.slice(index, index + 2)][0],
  };
}

// What may come next. After `[` a value or `]`, after `{` a key or `}`.
type Expected = "value" | "first item" | "first key" | "key" | "colon" | "next" | "end";

function mistakeIndex(text: string): number {
  const open: string[] = [];
  let expected: Expected = "value";
  for (let index = skipSpace({ text, index: 0 }); ; ) {
    TOKEN.lastIndex = index;
    const token = TOKEN.exec(text)?.[0];
    const next: Expected | null = token === undefined ? null : step({ token, expected, open });
    if (token === undefined || next === null) return index;
    expected = next;
    index = skipSpace({ text, index: index + token.length });
  }
}

/** What may follow `token`; null when it may not stand here. Keeps `open`, the brackets not yet closed. */
function step({
  token,
  expected,
  open,
}: {
  token: string;
  expected: Expected;
  open: string[];
}): Expected | null {
  const closes = (token === "}" && open.at(-1) === "{") || (token === "]" && open.at(-1) === "[");
  const mayClose = expected === "next" || expected === (token === "}" ? "first key" : "first item");
  if (closes && mayClose) {
    open.pop();
    return open.length > 0 ? "next" : "end";
  }
  if (expected === "next") return afterComma({ token, open });
  if (expected === "colon") return token === ":" ? "value" : null;
  if (expected === "key" || expected === "first key") return token.startsWith('"') ? "colon" : null;
  if (expected === "end" || /^[}\],:]/.test(token)) return null;
  if (token !== "{" && token !== "[") return open.length > 0 ? "next" : "end";
  open.push(token);
  return token === "{" ? "first key" : "first item";
}

function afterComma({ token, open }: { token: string; open: string[] }): Expected | null {
  if (token !== ",") return null;
  return open.at(-1) === "{" ? "key" : "value";
}

function skipSpace({ text, index }: { text: string; index: number }): number {
  SPACE.lastIndex = index;
  SPACE.exec(text);
  return SPACE.lastIndex;
}
