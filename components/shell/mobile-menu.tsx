"use client";

import { Menu } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from "@/components/ui/sheet";
import { Brand } from "./brand";
import { MainNav } from "./main-nav";
import { type ShellUser, UserMenu } from "./user-menu";

/** The menu of a narrow screen: a bar on top that opens the sidebar as a sheet. */
export function MobileMenu({ user }: { user: ShellUser }) {
  const t = useTranslations("shell");
  const [isOpen, setIsOpen] = useState(false);
  const name = useTranslations("common")("appName");
  return (
    <header className="no-print sticky top-0 z-40 flex h-13 items-center gap-2 bg-sidebar px-3 text-sidebar-accent-foreground lg:hidden">
      <Sheet open={isOpen} onOpenChange={setIsOpen}>
        <SheetTrigger
          aria-label={t("openMenu")}
          className="grid size-10 place-items-center rounded-md hover:bg-sidebar-accent"
        >
          <Menu className="size-5" />
        </SheetTrigger>
        <SheetContent
          side="left"
          aria-describedby={undefined}
          className="w-[min(100vw-3rem,19rem)] gap-5 border-sidebar-border bg-sidebar p-3 text-sidebar-foreground"
        >
          <SheetTitle className="sr-only">{t("mainMenu")}</SheetTitle>
          <Brand name={name} className="px-2 pt-1.5 text-sidebar-accent-foreground" />
          <MainNav role={user.role} onNavigate={() => setIsOpen(false)} />
          <div className="mt-auto border-sidebar-border border-t pt-2">
            <UserMenu user={user} />
          </div>
        </SheetContent>
      </Sheet>
      <Brand name={name} />
    </header>
  );
}
