"use client";

import { CirclePause, Copy, Download, Ellipsis, ScrollText } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
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

/**
 * «⋯»: what is done with a webhook more seldom than the guide's buttons do. The menu itself is made when it is opened
 * first: a list has one a row.
 */
export function WebhookMenu(props: WebhookMenuProps) {
  const [wasOpened, setWasOpened] = useState(false);
  if (wasOpened) return <OpenedMenu {...props} />;
  const { webhook, className } = props;
  return (
    <MenuButton
      webhook={webhook}
      className={className}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setWasOpened(true)}
    />
  );
}

function OpenedMenu({ webhook, canManage, heldUp, onPause, className }: WebhookMenuProps) {
  const t = useTranslations("webhooks");
  const file = useTranslations("webhookFile");
  const { probe, send, cancel, question } = useHeldUp({ webhook, heldUp: canManage ? heldUp : undefined });
  return (
    <>
      <DropdownMenu modal={false} defaultOpen>
        <DropdownMenuTrigger asChild>
          <MenuButton webhook={webhook} className={className} />
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

type MenuButtonProps = Pick<WebhookMenuProps, "webhook" | "className"> & ButtonProps;

function MenuButton({ webhook, className, ...props }: MenuButtonProps) {
  const t = useTranslations("webhooks");
  return (
    <Button variant="ghost" size="icon-sm" title={t("more")} className={className} {...props}>
      <Ellipsis />
      <span className="sr-only">{t("moreOf", { name: webhook.name })}</span>
    </Button>
  );
}
