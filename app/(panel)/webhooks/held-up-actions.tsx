"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { type HeldUpSummary, useHeldUp } from "./use-held-up";

type HeldUpActionsProps = { webhook: { id: number; name: string }; heldUp: HeldUpSummary };

/** What a manager can do about a webhook that is held up, as buttons. */
export function HeldUpActions({ webhook, heldUp }: HeldUpActionsProps) {
  const t = useTranslations("webhooks.heldUp");
  const { probe, send, cancel, isProbing, isSending, question } = useHeldUp({ webhook, heldUp });
  return (
    <div className="flex flex-wrap gap-2">
      {probe && (
        <Button variant="outline" size="sm" isBusy={isProbing} onClick={probe}>
          {t("probeNow")}
        </Button>
      )}
      {send && (
        <Button variant="outline" size="sm" isBusy={isSending} onClick={send}>
          {t("sendWaiting")}
        </Button>
      )}
      {cancel && (
        <Button variant="danger-ghost" size="sm" onClick={cancel}>
          {t("cancelWaiting")}
        </Button>
      )}
      {question}
    </div>
  );
}
