import { readdirSync, readFileSync } from "node:fs";
import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/i18n/locales";
import type { Messages } from "@/lib/i18n/messages";

// Read, as Node imports JSON only by an attribute, which the panel's own imports do without.
const FOLDER = new URL("../../lib/i18n/messages/", import.meta.url);

/** The panel's texts in a language, as the panel itself looks them up. */
export function textsOf(locale: Locale) {
  const folder = new URL(`${locale}/`, FOLDER);
  const areas = readdirSync(folder).map((file) => [
    file.replace(".json", "").replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    JSON.parse(readFileSync(new URL(file, folder), "utf8")) as unknown,
  ]);
  return createTranslator<Messages>({ locale, messages: Object.fromEntries(areas) as Messages });
}
