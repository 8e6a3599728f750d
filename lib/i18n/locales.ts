export const LOCALES = ["ru", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language in its own words. */
export const LANGUAGES: Record<Locale, string> = { ru: "Русский", en: "English" };

export const DEFAULT_LOCALE: Locale = "ru";
export const LOCALE_COOKIE = "locale";
export const TIME_ZONE_COOKIE = "time_zone";

/** Russian unless the cookie asks for another language that we have. */
export function toLocale(cookie: string | undefined): Locale {
  return LOCALES.find((locale) => locale === cookie) ?? DEFAULT_LOCALE;
}

/** The browser's zone, which the panel keeps in a cookie so that server and browser write the same times. */
export function toTimeZone(cookie: string | undefined): string {
  const fallback = "Europe/Moscow";
  if (!cookie) return fallback;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: cookie }).resolvedOptions().timeZone;
  } catch {
    return fallback;
  }
}
