"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { useAction } from "../../use-action";
import { resendOrderAction } from "../actions";

type ResendOrderProps = { eventId: string; count: number };

/** Sends all that did not get through of an order once more, after asking. */
export function ResendOrder({ eventId, count }: ResendOrderProps) {
  const t = useTranslations("orders.resendOrder");
  const resendOrder = useAction(resendOrderAction);
  const resend = async () => {
    const answer = await resendOrder({ eventId });
    if (!answer.ok) return void toast.error(answer.message);
    const { count: sent, off } = answer.data;
    const leftOut = off === 0 ? "" : ` ${t("off", { count: off })}`;
    if (sent === 0) toast.info(`${t("none")}${leftOut}`);
    else toast.success(`${t("done", { count: sent })}${leftOut}`);
  };
  return (
    <ConfirmButton
      variant="outline"
      ask={{
        title: t("title"),
        description: t("text"),
        confirmLabel: t("confirm", { count }),
        onConfirm: resend,
        variant: "primary",
      }}
    >
      <RotateCw /> {t("button")}
    </ConfirmButton>
  );
}
