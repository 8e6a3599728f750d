"use client";

import { CirclePause, Copy, Download, ScrollText } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useHeldUp } from "./use-held-up";
import { WebhookMenuButton, type WebhookMenuProps } from "./webhook-menu-button";

/** The menu of a webhook with its button, open at first. */
export function OpenedWebhookMenu({ webhook, canManage, heldUp, onPause, className }: WebhookMenuProps) {
  const t = useTranslations("webhooks");
  const file = useTranslations("webhookFile");
  const { probe, send, cancel, question } = useHeldUp({ webhook, heldUp: canManage ? heldUp : undefined });
  return (
    <>
      <DropdownMenu defaultOpen>
        <DropdownMenuTrigger asChild>
          <WebhookMenuButton webhook={webhook} className={className} />
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem asChild>
            <Link href={`/logs?webhook=${webhook.id}`}>
              <ScrollText /> {t("toLogs")}
            </Link>
          </DropdownMenuItem>
          {onPause && (
            <DropdownMenuItem onSelect={onPause}>
              <CirclePause /> {t("pause.edit")}
            </DropdownMenuItem>
          )}
          {canManage && (
            <>
              <DropdownMenuItem asChild>
                <Link href={`/webhooks/new?copy=${webhook.id}`}>
                  <Copy /> {file("duplicate")}
                </Link>
              </DropdownMenuItem>
              <DropdownMenuItem asChild>
                <a href={`/webhooks/export?ids=${webhook.id}`} download>
                  <Download /> {file("exportOne")}
                </a>
              </DropdownMenuItem>
            </>
          )}
          {(probe || send || cancel) && <DropdownMenuSeparator />}
          {probe && <DropdownMenuItem onSelect={probe}>{t("heldUp.probeNow")}</DropdownMenuItem>}
          {send && <DropdownMenuItem onSelect={send}>{t("heldUp.sendWaiting")}</DropdownMenuItem>}
          {cancel && (
            <DropdownMenuItem variant="danger" onSelect={cancel}>
              {t("heldUp.cancelWaiting")}
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      {question}
    </>
  );
}
