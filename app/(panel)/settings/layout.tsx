import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Texts } from "@/app/texts";
import { type TabLink, TabLinks } from "@/components/shell/tab-links";
import { requireUser } from "../session";

const PAGES = [
  { href: "/settings/users", label: "users", isAdminOnly: true },
  { href: "/settings/tokens", label: "tokens", isAdminOnly: true },
  { href: "/settings/alerts", label: "alerts", isAdminOnly: true },
  { href: "/settings/audit", label: "audit", isAdminOnly: true },
  { href: "/settings/sources", label: "sources", isAdminOnly: false },
  { href: "/settings/password", label: "password", isAdminOnly: false },
  { href: "/settings/second-factor", label: "secondFactor", isAdminOnly: false },
  { href: "/settings/sessions", label: "sessions", isAdminOnly: false },
] as const;

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { role } = await requireUser();
  const t = await getTranslations("shell");
  const links: TabLink[] = PAGES.filter((page) => role === "admin" || !page.isAdminOnly).map(
    ({ href, label }) => ({ href, text: t(label) }),
  );
  return (
    <Texts of={["alerts", "password", "secondFactor", "sessions", "tokens", "users"]}>
      <TabLinks label={t("settings")} links={links} />
      {children}
    </Texts>
  );
}
