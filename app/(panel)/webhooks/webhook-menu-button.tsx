"use client";

import { Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, type ButtonProps } from "@/components/ui/button";
import type { HeldUpSummary } from "./use-held-up";

export type WebhookMenuProps = {
  webhook: { id: number; name: string };
  canManage: boolean;
  heldUp: HeldUpSummary | undefined;
  /** Asks for a pause's reason and end; undefined where they may not be set. */
  onPause: (() => void) | undefined;
  className: string | undefined;
};

type MenuButtonProps = { webhook: { name: string }; className: string | undefined } & ButtonProps;

export function WebhookMenuButton({ webhook, className, ...props }: MenuButtonProps) {
  const t = useTranslations("webhooks");
  return (
    <Button variant="ghost" size="icon-sm" title={t("more")} className={className} {...props}>
      <Ellipsis />
      <span className="sr-only">{t("moreOf", { name: webhook.name })}</span>
    </Button>
  );
}
