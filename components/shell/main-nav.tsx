"use client";

import { CircleHelp, LayoutDashboard, Link2, type LucideIcon, Radar, Settings } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { EmojiIcon } from "@/components/ui/emoji-icon";
import type { Role } from "@/lib/auth/actor";
import { isWithin, SECTIONS } from "./sections";

type Item = {
  href: string;
  label: "overview" | "webhooksAndOrders" | "inspector" | "settings" | "help";
  icon: LucideIcon;
  emoji?: string;
  within: readonly string[];
  isHiddenFrom?: Role;
};

const ITEMS: Item[] = [
  { href: "/overview", label: "overview", icon: LayoutDashboard, within: ["/overview"] },
  {
    href: "/webhooks",
    label: "webhooksAndOrders",
    icon: Link2,
    emoji: "🔗",
    within: SECTIONS.map((section) => section.href),
  },
  { href: "/inspector", label: "inspector", icon: Radar, within: ["/inspector"], isHiddenFrom: "viewer" },
  { href: "/settings", label: "settings", icon: Settings, within: ["/settings"] },
  { href: "/help", label: "help", icon: CircleHelp, within: ["/help"] },
];

export function MainNav({ role, onNavigate }: { role: Role; onNavigate?: () => void }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  return (
    <nav aria-label={t("mainMenu")} className="grid gap-0.5">
      {ITEMS.filter(({ isHiddenFrom }) => isHiddenFrom !== role).map(
        ({ href, label, icon: Icon, emoji, within }) => {
          const isCurrent = within.some((root) => isWithin({ pathname, root }));
          return (
            <Link
              key={href}
              href={href}
              onClick={onNavigate}
              aria-current={isCurrent ? "page" : undefined}
              className={cn(
                "flex h-10 items-center gap-2.5 rounded-md px-2.5 lg:h-9 font-medium text-sidebar-foreground transition-colors hover:bg-sidebar-accent/60 hover:text-sidebar-accent-foreground",
                isCurrent && "bg-sidebar-accent text-sidebar-accent-foreground [&_svg]:text-sidebar-mark",
              )}
            >
              {emoji ? (
                <EmojiIcon emoji={emoji} icon={Icon} />
              ) : (
                <Icon className="size-4 shrink-0" aria-hidden />
              )}
              {t(label)}
            </Link>
          );
        },
      )}
    </nav>
  );
}
