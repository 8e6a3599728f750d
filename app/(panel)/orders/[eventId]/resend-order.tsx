"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAction } from "../../use-action";
import { resendOrderAction } from "../actions";

type ResendOrderProps = { eventId: string; count: number };

/** Sends all that did not get through of an order once more, after asking. */
export function ResendOrder({ eventId, count }: ResendOrderProps) {
  const t = useTranslations("orders.resendOrder");
  const [isOpen, setIsOpen] = useState(false);
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
    <>
      <Button variant="outline" onClick={() => setIsOpen(true)}>
        <RotateCw /> {t("button")}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={t("title")}
        description={t("text")}
        confirmLabel={t("confirm", { count })}
        onConfirm={resend}
        variant="primary"
      />
    </>
  );
}
