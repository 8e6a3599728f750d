import { getLocale, getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { problemsEn } from "@/components/help/en/problems";
import { RECEIVING_EN } from "@/components/help/en/receiving";
import { startEn } from "@/components/help/en/start";
import { WEBHOOKS_EN } from "@/components/help/en/webhooks";
import { HelpPage } from "@/components/help/help-page";
import { problemsRu } from "@/components/help/ru/problems";
import { RECEIVING_RU } from "@/components/help/ru/receiving";
import { startRu } from "@/components/help/ru/start";
import { WEBHOOKS_RU } from "@/components/help/ru/webhooks";
import type { HelpSection } from "@/components/help/section";
import { PageHeader } from "@/components/ui/page-header";
import type { Locale } from "@/lib/i18n/locales";
import { ownOrigin } from "../own-origin";
import { requireUser } from "../session";

export const generateMetadata = titled("help.title");

/** Prose lives with its markup, not among the short texts that every page carries. */
const SECTIONS: Record<Locale, (origin: string) => HelpSection[]> = {
  ru: (origin) => [...startRu(origin), ...WEBHOOKS_RU, ...RECEIVING_RU, ...problemsRu(origin)],
  en: (origin) => [...startEn(origin), ...WEBHOOKS_EN, ...RECEIVING_EN, ...problemsEn(origin)],
};

export default async function HelpRoute() {
  await requireUser();
  const t = await getTranslations("help");
  const sections = SECTIONS[await getLocale()](await ownOrigin());
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <HelpPage contentsLabel={t("contents")} sections={sections} />
    </>
  );
}
