import type { Locale } from "@/lib/i18n/locales";
import { en } from "./en";
import { ru } from "./ru";

export type AlertWords = typeof ru;

/** What alerts are written in, by language. */
export const ALERT_WORDS: Record<Locale, AlertWords> = { ru, en };

/** A webhook's name as a message shows it; it may hold line breaks, which have no place in a subject. */
export function headlineName(name: string, { quoted }: AlertWords): string {
  return quoted(name.replace(/\s+/g, " "));
}
