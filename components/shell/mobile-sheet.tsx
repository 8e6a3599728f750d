"use client";

import { useTranslations } from "next-intl";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { Brand } from "./brand";
import { MainNav } from "./main-nav";
import { UserMenu } from "./user-menu";
import type { ShellUser } from "./user-menu-button";

type MobileSheetProps = { user: ShellUser; onClose: () => void };

/** The sidebar as a sheet, open as long as it is there. */
export function MobileSheet({ user, onClose }: MobileSheetProps) {
  const t = useTranslations("shell");
  const name = useTranslations("common")("appName");
  return (
    <Sheet open onOpenChange={(isOpen) => isOpen || onClose()}>
      <SheetContent
        aria-describedby={undefined}
        className="w-[min(100vw-3rem,19rem)] gap-5 border-sidebar-border bg-sidebar p-3 text-sidebar-foreground"
      >
        <SheetTitle className="sr-only">{t("mainMenu")}</SheetTitle>
        <Brand name={name} className="px-2 pt-1.5 text-sidebar-accent-foreground" />
        <MainNav role={user.role} onNavigate={onClose} />
        <div className="mt-auto border-sidebar-border border-t pt-2">
          <UserMenu user={user} />
        </div>
      </SheetContent>
    </Sheet>
  );
}
