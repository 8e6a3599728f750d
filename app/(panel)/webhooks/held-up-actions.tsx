"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { HeldUp } from "@/lib/log/held-up";
import { cancelWaitingAction, probeNowAction, sendWaitingAction } from "./actions";

type HeldUpActionsProps = {
  webhook: { id: number; name: string };
  heldUp: Pick<HeldUp, "kind" | "deliveries" | "isCapped">;
};

/** What a manager can do about a webhook that is held up: try it, let all out, or give all up. */
export function HeldUpActions({ webhook: { id, name }, heldUp }: HeldUpActionsProps) {
  const t = useTranslations("webhooks.heldUp");
  const [isAsking, setIsAsking] = useState(false);
  const [isProbing, startProbing] = useTransition();
  const [isSending, startSending] = useTransition();
  const { kind, deliveries, isCapped } = heldUp;

  const probe = () =>
    startProbing(async () => {
      const answer = await probeNowAction({ webhookId: id });
      if (answer.ok) toast.success(t("probing", { name }));
      else toast.error(answer.message);
    });
  const send = () =>
    startSending(async () => {
      const answer = await sendWaitingAction({ webhookId: id });
      if (answer.ok) toast.success(t("sending", { name }));
      else toast.error(answer.message);
    });
  const cancel = async () => {
    const answer = await cancelWaitingAction({ webhookId: id });
    if (answer.ok) toast.success(t("cancelled", { count: answer.data.count }));
    else toast.error(answer.message);
  };
  return (
    <div className="flex flex-wrap gap-2">
      {kind === "down" && (
        <Button variant="outline" size="sm" isBusy={isProbing} onClick={probe}>
          {t("probeNow")}
        </Button>
      )}
      {deliveries > 0 && (
        <>
          <Button variant="outline" size="sm" isBusy={isSending} onClick={send}>
            {t("sendWaiting")}
          </Button>
          <Button variant="danger-ghost" size="sm" onClick={() => setIsAsking(true)}>
            {t("cancelWaiting")}
          </Button>
          <ConfirmDialog
            isOpen={isAsking}
            onOpenChange={setIsAsking}
            title={t("cancelTitle")}
            description={t(isCapped ? "cancelManyText" : "cancelText", { count: deliveries, name })}
            confirmLabel={t("cancelConfirm")}
            onConfirm={cancel}
          />
        </>
      )}
    </div>
  );
}
