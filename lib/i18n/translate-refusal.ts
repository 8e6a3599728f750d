import type { Locale } from "./locales";
import { REFUSALS_RU } from "./refusals-ru";

type Pattern = { pieces: string[]; names: string[]; target: string };

const patterns: Pattern[] = REFUSALS_RU.map(([source, target]) => toPattern(source, target));

/**
 * What a refusal of lib says in the reader's language, with or without a place in front (`order.id: …`); a text
 * that is not in the list stays English.
 */
export function translateRefusal({ message, locale }: { message: string; locale: Locale }): string {
  if (locale === "en") return message;
  const whole = inRussian(message);
  if (whole) return whole;
  const [, place, rest] = /^([\w.[\]-]+: )(.+)$/s.exec(message) ?? [];
  const translated = rest && inRussian(rest);
  return translated ? `${place}${translated}` : message;
}

function inRussian(message: string): string | undefined {
  for (const { pieces, names, target } of patterns) {
    const values = valuesBetween({ message, pieces });
    if (values === null) continue;
    return names.reduce(
      (text, name, index) => text.replaceAll(`{${name}}`, () => values[index] ?? ""),
      target,
    );
  }
  return undefined;
}

/** What stands between the pieces; null when the message is not made of them. In time linear in its length. */
function valuesBetween({ message, pieces }: { message: string; pieces: string[] }): string[] | null {
  const [first = "", ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return message === first ? [] : null;
  if (!message.startsWith(first) || !message.endsWith(last)) return null;
  const values: string[] = [];
  let from = first.length;
  for (const piece of rest) {
    const at = message.indexOf(piece, from + 1);
    if (at === -1) return null;
    values.push(message.slice(from, at));
    from = at + piece.length;
  }
  const end = message.length - last.length;
  return from < end ? [...values, message.slice(from, end)] : null;
}

function toPattern(source: string, target: string): Pattern {
  const names = [...source.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  return { pieces: source.split(/\{\w+\}/), names, target };
}
