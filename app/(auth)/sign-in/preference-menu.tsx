"use client";

import { Settings2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { PreferenceItems } from "@/components/shell/preferences";
import { Button } from "@/components/ui/button";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "@/components/ui/dropdown-menu";

export function PreferenceMenu() {
  const t = useTranslations("shell");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={`${t("language")}, ${t("theme")}`}>
          <Settings2 />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <PreferenceItems />
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
