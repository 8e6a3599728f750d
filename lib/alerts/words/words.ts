import type { Locale } from "@/lib/i18n/locales";
import { en } from "./en";
import { ru } from "./ru";

/** What alerts are written in, by language. */
export const ALERT_WORDS: Record<Locale, typeof ru> = { ru, en };

/** A webhook's name as a message shows it; it may hold line breaks, which have no place in a subject. */
export function headlineName(name: string, language: Locale): string {
  return ALERT_WORDS[language].quoted(name.replace(/\s+/g, " "));
}
