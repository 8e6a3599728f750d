"use client";

import { Menu } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { later } from "@/components/ui/later";
import { Brand } from "./brand";
import type { ShellUser } from "./user-menu-button";

const MobileSheet = later(async () => (await import("./mobile-sheet")).MobileSheet);

/** The menu of a narrow screen: a bar on top that opens the sidebar as a sheet. */
export function MobileMenu({ user }: { user: ShellUser }) {
  const t = useTranslations("shell");
  const [isOpen, setIsOpen] = useState(false);
  const name = useTranslations("common")("appName");
  return (
    <header className="no-print sticky top-0 z-40 flex h-13 items-center gap-2 bg-sidebar px-3 text-sidebar-accent-foreground lg:hidden">
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(true)}
        aria-label={t("openMenu")}
        className="grid size-10 place-items-center rounded-md hover:bg-sidebar-accent"
      >
        <Menu className="size-5" />
      </button>
      {isOpen && <MobileSheet user={user} onClose={() => setIsOpen(false)} />}
      <Brand name={name} />
    </header>
  );
}
