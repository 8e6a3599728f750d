import type { StoredRefusal } from "@/db/stored-refusal";
import type { Locale } from "@/lib/i18n/locales";
import { EN } from "./en";
import { RU } from "./ru";

/** A refusal of this version or, read from a row, of another one. */
export type AnyRefusal = StoredRefusal;

const TEXTS: Record<Locale, { [code: string]: string | undefined }> = { en: EN, ru: RU };

/** A refusal in words; REST answers in English. One whose code this version does not know is shown as it is. */
export function refusalText(refusal: AnyRefusal, locale: Locale = "en"): string {
  const { code, ...params } = refusal;
  const words = TEXTS[locale][code] ?? [code, ...Object.keys(params).map((name) => `{${name}}`)].join(" ");
  return words.replace(/\{(\w+)\}/g, (_, name: string) => {
    const param = params[name];
    return typeof param === "object" ? refusalText(param, locale) : String(param ?? "");
  });
}

/** Several refusals in one line. */
export function refusalsText(refusals: readonly AnyRefusal[], locale: Locale = "en"): string {
  return refusals.map((refusal) => refusalText(refusal, locale)).join("; ");
}
