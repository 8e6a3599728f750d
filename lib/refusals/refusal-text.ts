import type { Locale } from "@/lib/i18n/locales";
import { EN } from "./en";
import type { Refusal, RefusalParam } from "./refuse";
import { RU } from "./ru";

const TEXTS = { en: EN, ru: RU };

/** A refusal in words; REST answers in English. */
export function refusalText(refusal: Refusal, locale: Locale = "en"): string {
  const { code, params = {} } = refusal;
  return TEXTS[locale][code].replace(/\{(\w+)\}/g, (_, name: string) => paramText(params[name], locale));
}

function paramText(param: RefusalParam | undefined, locale: Locale): string {
  return typeof param === "object" ? refusalText(param, locale) : String(param ?? "");
}

/** Several refusals in one line. */
export function refusalsText(refusals: Refusal[], locale: Locale = "en"): string {
  return refusals.map((refusal) => refusalText(refusal, locale)).join("; ");
}
