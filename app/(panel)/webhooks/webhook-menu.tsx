"use client";

import { CirclePause, Copy, Download, Ellipsis, ScrollText } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { type HeldUpSummary, useHeldUp } from "./use-held-up";

type WebhookMenuProps = {
  webhook: { id: number; name: string };
  canManage: boolean;
  heldUp: HeldUpSummary | undefined;
  /** Asks for a pause's reason and end; undefined where they may not be set. */
  onPause: (() => void) | undefined;
  className?: string;
};

/** «⋯»: what is done with a webhook more seldom than the guide's buttons do. */
export function WebhookMenu({ webhook, canManage, heldUp, onPause, className }: WebhookMenuProps) {
  const t = useTranslations("webhooks");
  const file = useTranslations("webhookFile");
  const { probe, send, cancel, question } = useHeldUp({ webhook, heldUp: canManage ? heldUp : undefined });
  return (
    <>
      <DropdownMenu modal={false}>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" title={t("more")} className={className}>
            <Ellipsis />
            <span className="sr-only">{t("moreOf", { name: webhook.name })}</span>
          </Button>
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
