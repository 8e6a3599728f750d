import type { Locale } from "./locales";
import { REFUSALS_RU } from "./refusals-ru";

type Pattern = { matcher: RegExp; names: string[]; target: string };

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
  for (const { matcher, names, target } of patterns) {
    const found = matcher.exec(message);
    if (!found) continue;
    return names.reduce(
      (text, name, index) => text.replaceAll(`{${name}}`, () => found[index + 1] ?? ""),
      target,
    );
  }
  return undefined;
}

function toPattern(source: string, target: string): Pattern {
  const names = [...source.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const escaped = source.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "(.+?)");
  return { matcher: new RegExp(`^${escaped}$`, "s"), names, target };
}
