import { EN } from "./en";
import type { Refusal, RefusalCode } from "./refuse";

/** What a parameter looks like where not every text will do. */
const SHAPES: Record<string, RegExp> = {
  ms: /^\d+$/,
  minutes: /^\d+$/,
  attempts: /^\d+$/,
  receiver: /^\S+$/,
  answer: /^\d+[^:]*$/,
};

/**
 * The refusal that was put into words as this English text; null when it is none of these codes'. Looks for the words
 * of each template from left to right, so that it takes no longer for a text that somebody else has thought up.
 */
export function recogniseRefusal({
  text,
  codes,
}: {
  text: string;
  codes: readonly RefusalCode[];
}): Refusal | null {
  for (const code of codes) {
    const params = paramsIn({ text, template: EN[code] });
    if (params) return { code, params };
  }
  return null;
}

function paramsIn({ text, template }: { text: string; template: string }): Record<string, string> | null {
  // The words stand at the even places, the names between them at the odd ones.
  const [start = "", ...parts] = template.split(/\{(\w+)\}/);
  const params: Record<string, string> = {};
  if (!text.startsWith(start)) return null;
  let at = start.length;
  for (let index = 0; index < parts.length; index += 2) {
    const name = parts[index] ?? "";
    const words = parts[index + 1] ?? "";
    const isLast = index + 2 >= parts.length;
    const end = isLast ? text.length - words.length : text.indexOf(words, at + 1);
    if (end <= at || !text.startsWith(words, end)) return null;
    const value = text.slice(at, end);
    if (!(SHAPES[name]?.test(value) ?? true) || (params[name] ?? value) !== value) return null;
    params[name] = value;
    at = end + words.length;
  }
  return at === text.length ? params : null;
}
