"use client";

import { RotateCw, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAction } from "../../use-action";
import { resendEventAction } from "../actions";

type SendEventProps = {
  eventId: string;
  webhook: { id: number; name: string };
  /** Once more, or to a webhook that the event was not meant for. */
  kind: "again" | "anyway";
  /** Why it was not meant for the webhook. */
  children?: ReactNode;
};

/** Sends one event to one webhook by hand, after asking. */
export function SendEvent({ eventId, webhook, kind, children }: SendEventProps) {
  const t = useTranslations(`orders.send.${kind}`);
  const [isOpen, setIsOpen] = useState(false);
  const resendEvent = useAction(resendEventAction);
  const { name } = webhook;
  const send = async () => {
    const answer = await resendEvent({ eventId, webhookId: webhook.id });
    if (answer.ok) toast.success(t("done", { name }));
    else toast.error(answer.message);
  };
  return (
    <>
      <Button
        variant="ghost"
        size="sm"
        className="-my-1"
        aria-label={t("label", { name })}
        onClick={() => setIsOpen(true)}
      >
        {kind === "again" ? <RotateCw /> : <Send />} {t("button")}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={t("title")}
        description={
          <span className="grid gap-2">
            {children && <span className="rounded-md bg-muted px-3 py-2 text-foreground">{children}</span>}
            <span>{t("text", { name })}</span>
          </span>
        }
        confirmLabel={t("button")}
        onConfirm={send}
        variant="primary"
      />
    </>
  );
}
