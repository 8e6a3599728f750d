import { type Refusal, refuse } from "@/lib/refusals/refuse";

/** The invisible characters that people paste without knowing, by their Unicode names; others go by number alone. */
const NAMES: Record<string, string> = {
  "\u00ad": "SOFT HYPHEN",
  "\u061c": "ARABIC LETTER MARK",
  "\u180e": "MONGOLIAN VOWEL SEPARATOR",
  "\u200b": "ZERO WIDTH SPACE",
  "\u200c": "ZERO WIDTH NON-JOINER",
  "\u200d": "ZERO WIDTH JOINER",
  "\u200e": "LEFT-TO-RIGHT MARK",
  "\u200f": "RIGHT-TO-LEFT MARK",
  "\u202a": "LEFT-TO-RIGHT EMBEDDING",
  "\u202b": "RIGHT-TO-LEFT EMBEDDING",
  "\u202c": "POP DIRECTIONAL FORMATTING",
  "\u202d": "LEFT-TO-RIGHT OVERRIDE",
  "\u202e": "RIGHT-TO-LEFT OVERRIDE",
  "\u2060": "WORD JOINER",
  "\u2061": "FUNCTION APPLICATION",
  "\u2062": "INVISIBLE TIMES",
  "\u2063": "INVISIBLE SEPARATOR",
  "\u2064": "INVISIBLE PLUS",
  "\u2066": "LEFT-TO-RIGHT ISOLATE",
  "\u2067": "RIGHT-TO-LEFT ISOLATE",
  "\u2068": "FIRST STRONG ISOLATE",
  "\u2069": "POP DIRECTIONAL ISOLATE",
  "\ufeff": "ZERO WIDTH NO-BREAK SPACE",
};

/**
 * Why a text with an invisible character (Unicode's category Format) is refused, naming the first one and its place;
 * null when it has none. What looks the same as a text that works would otherwise fail for no visible reason.
 */
export function invisibleProblem(text: string): Refusal | null {
  const place = firstPlace(text, /\p{Cf}/u);
  return place && refuse("invisible_character", { place });
}

/** The first character that does not fit, with its place counted from 1: `"с" (U+0441) at position 3`; null if none. */
export function firstPlace(text: string, unfit: RegExp): Refusal | null {
  const found = unfit.exec(text);
  if (!found) return null;
  const character = String.fromCodePoint(text.codePointAt(found.index) ?? 0);
  const position = [...text.slice(0, found.index)].length + 1;
  return refuse("character_at", { character: described(character), position });
}

function described(character: string): string {
  const code = `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`;
  const name = NAMES[character];
  if (name) return `${code} ${name}`;
  return /[\p{C}\p{Z}]/u.test(character) ? code : `"${character}" (${code})`;
}
