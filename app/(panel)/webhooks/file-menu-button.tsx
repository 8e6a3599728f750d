"use client";

import { FolderInput } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, type ButtonProps } from "@/components/ui/button";

export function FileMenuButton(props: ButtonProps) {
  const t = useTranslations("webhookFile");
  return (
    <Button variant="outline" size="icon" title={t("menu")} {...props}>
      <FolderInput />
      <span className="sr-only">{t("menu")}</span>
    </Button>
  );
}
