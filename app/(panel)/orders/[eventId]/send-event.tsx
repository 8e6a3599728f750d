"use client";

import { RotateCw, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { useFormKey } from "../../use-form-key";
import { useToldAction } from "../../use-told-action";
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
export function SendEvent({ eventId, webhook: { id, name }, kind, children }: SendEventProps) {
  const t = useTranslations(`orders.send.${kind}`);
  const send = useToldAction(useFormKey(resendEventAction), () => t("done", { name }));
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      className="-my-1"
      aria-label={t("label", { name })}
      ask={{
        title: t("title"),
        description: (
          <span className="grid gap-2">
            {children && <span className="rounded-md bg-muted px-3 py-2 text-foreground">{children}</span>}
            <span>{t("text", { name })}</span>
          </span>
        ),
        confirmLabel: t("button"),
        onConfirm: () => send({ eventId, webhookId: id }),
        variant: "primary",
      }}
    >
      {kind === "again" ? <RotateCw /> : <Send />} {t("button")}
    </ConfirmButton>
  );
}
