"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState, useTransition } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { HeldUp } from "@/lib/log/held-up";
import { useAction } from "../use-action";
import { cancelWaitingAction, probeNowAction, sendWaitingAction } from "./actions";

export type HeldUpSummary = Pick<HeldUp, "kind" | "deliveries" | "isCapped">;

/** What a manager can do about a webhook that is held up; what is missing there makes no sense now. */
export type HeldUpCommands = {
  probe: (() => void) | undefined;
  send: (() => void) | undefined;
  cancel: (() => void) | undefined;
  isProbing: boolean;
  isSending: boolean;
  /** To be rendered: the question before all that waits is cancelled. */
  question: ReactNode;
};

/** Tries a webhook that is held up, lets all out, or gives all up, and says what came of it. */
export function useHeldUp({
  webhook: { id, name },
  heldUp,
}: {
  webhook: { id: number; name: string };
  heldUp: HeldUpSummary | undefined;
}): HeldUpCommands {
  const t = useTranslations("webhooks.heldUp");
  const [isAsking, setIsAsking] = useState(false);
  const [isProbing, startProbing] = useTransition();
  const [isSending, startSending] = useTransition();
  const probeNow = useAction(probeNowAction);
  const sendWaiting = useAction(sendWaitingAction);
  const cancelWaiting = useAction(cancelWaitingAction);

  const probe = () =>
    startProbing(async () => {
      const answer = await probeNow({ webhookId: id });
      if (answer.ok) toast.success(t("probing", { name }));
      else toast.error(answer.message);
    });
  const send = () =>
    startSending(async () => {
      const answer = await sendWaiting({ webhookId: id });
      if (answer.ok) toast.success(t("sending", { name }));
      else toast.error(answer.message);
    });
  const cancel = async () => {
    const answer = await cancelWaiting({ webhookId: id });
    if (answer.ok) toast.success(t("cancelled", { count: answer.data.count }));
    else toast.error(answer.message);
  };
  const hasBacklog = heldUp !== undefined && heldUp.deliveries > 0;
  return {
    probe: heldUp?.kind === "down" ? probe : undefined,
    // What a person holds goes out by ▶️.
    send: hasBacklog && heldUp.kind !== "held" ? send : undefined,
    cancel: hasBacklog ? () => setIsAsking(true) : undefined,
    isProbing,
    isSending,
    question: isAsking && heldUp && (
      <ConfirmDialog
        isOpen
        onOpenChange={setIsAsking}
        title={t("cancelTitle")}
        description={t(heldUp.isCapped ? "cancelManyText" : "cancelText", { count: heldUp.deliveries, name })}
        confirmLabel={t("cancelConfirm")}
        onConfirm={cancel}
      />
    ),
  };
}
