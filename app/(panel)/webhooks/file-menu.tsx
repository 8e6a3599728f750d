"use client";

import { Download, FolderInput, Upload } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

/** Webhooks out to a file and in from one. */
export function FileMenu() {
  const t = useTranslations("webhookFile");
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="icon" title={t("menu")}>
          <FolderInput />
          <span className="sr-only">{t("menu")}</span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem asChild>
          <Link href="/webhooks/import">
            <Upload /> {t("importItem")}
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <a href="/webhooks/export" download>
            <Download /> {t("exportItem")}
          </a>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
