"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { HeldUp } from "@/lib/log/held-up";
import { useToldAction } from "../use-told-action";
import { cancelWaitingAction, probeNowAction, sendWaitingAction } from "./actions";

export type HeldUpSummary = Pick<HeldUp, "kind" | "deliveries" | "isCapped">;

/** What a manager can do about a webhook that is held up; what is missing there makes no sense now. */
type HeldUpCommands = {
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
  const probeNow = useToldAction(probeNowAction, () => t("probing", { name }));
  const sendWaiting = useToldAction(sendWaitingAction, () => t("sending", { name }));
  const cancelWaiting = useToldAction(cancelWaitingAction, ({ count }) => t("cancelled", { count }));
  const probe = () => startProbing(async () => void (await probeNow({ webhookId: id })));
  const send = () => startSending(async () => void (await sendWaiting({ webhookId: id })));
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
        onConfirm={() => cancelWaiting({ webhookId: id })}
      />
    ),
  };
}
