"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import {
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
} from "@/components/ui/dropdown-menu";
import { LANGUAGES, LOCALE_COOKIE, LOCALES } from "@/lib/i18n/locales";
import { setCookie } from "./set-cookie";

const THEMES = { system: "themeSystem", light: "themeLight", dark: "themeDark" } as const;

/** The menu items that choose the language and the theme. */
export function PreferenceItems() {
  const t = useTranslations("shell");
  const router = useRouter();
  const { theme, setTheme } = useTheme();
  const setLocale = (locale: string) => {
    setCookie({ name: LOCALE_COOKIE, value: locale });
    router.refresh();
  };
  return (
    <>
      <DropdownMenuLabel>{t("language")}</DropdownMenuLabel>
      <DropdownMenuRadioGroup value={useLocale()} onValueChange={setLocale}>
        {LOCALES.map((locale) => (
          <DropdownMenuRadioItem key={locale} value={locale} lang={locale}>
            {LANGUAGES[locale]}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
      <DropdownMenuSeparator />
      <DropdownMenuLabel>{t("theme")}</DropdownMenuLabel>
      <DropdownMenuRadioGroup value={theme} onValueChange={setTheme}>
        {Object.entries(THEMES).map(([value, label]) => (
          <DropdownMenuRadioItem key={value} value={value}>
            {t(label)}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
    </>
  );
}
