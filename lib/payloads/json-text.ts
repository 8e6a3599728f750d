const NUMBER_TEXT = Symbol("number text");

/** A number that JSON writes as this text, `1520.50`. Its mark is a symbol, which no parsed JSON can hold. */
export type JsonNumber = { readonly [NUMBER_TEXT]: string; toString(): string };

/** `text` must be a JSON number. */
export function jsonNumber(text: string): JsonNumber {
  return { [NUMBER_TEXT]: text, toString: numberText };
}

function numberText(this: JsonNumber): string {
  return this[NUMBER_TEXT];
}

/**
 * What JSON.stringify makes of a plain value, but a JsonNumber is written as its own text, and half of a character (an
 * emoji cut off) as U+FFFD: PHP and Postgres refuse a text with one whole.
 */
export function toJsonText(value: unknown): string {
  if (typeof value === "string") return stringText(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (NUMBER_TEXT in value) return (value as JsonNumber)[NUMBER_TEXT];
  return Array.isArray(value) ? listText(value) : objectText(value);
}

function listText(list: unknown[]): string {
  let text = "";
  for (const entry of list) text += (text === "" ? "" : ",") + toJsonText(entry);
  return `[${text}]`;
}

function objectText(object: object): string {
  let text = "";
  for (const key of Object.keys(object)) {
    const value = (object as Record<string, unknown>)[key];
    if (value === undefined) continue;
    text += `${text === "" ? "" : ","}${stringText(key)}:${toJsonText(value)}`;
  }
  return `{${text}}`;
}

const TO_BE_ESCAPED = /["\\\p{Cc}\p{Cs}]/u;

// JSON.stringify takes several times as long for a short text, and most need no escape.
function stringText(text: string): string {
  return TO_BE_ESCAPED.test(text) ? JSON.stringify(text.replace(/\p{Cs}/gu, "\ufffd")) : `"${text}"`;
}
