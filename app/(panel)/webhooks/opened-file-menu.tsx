"use client";

import { Download, Upload } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { FileMenuButton } from "./file-menu-button";

/** The menu of files with its button, open at first. */
export function OpenedFileMenu() {
  const t = useTranslations("webhookFile");
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>
        <FileMenuButton />
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
