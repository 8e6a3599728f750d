"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { isWithin, SECTIONS } from "./sections";
import { TabLinks } from "./tab-links";

/** The tabs of «Вебхуки & Заказы»; nothing on other pages. */
export function SectionTabs() {
  const t = useTranslations("shell");
  const pathname = usePathname();
  if (!SECTIONS.some((section) => isWithin({ pathname, root: section.href }))) return null;
  const links = SECTIONS.map(({ label, ...section }) => ({ ...section, text: t(label) }));
  return <TabLinks label={t("webhooksAndOrders")} links={links} />;
}
