"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAction } from "../../use-action";
import { resendAttemptAction } from "../actions";

export function ResendButton({ logId, webhookName }: { logId: number; webhookName: string }) {
  const t = useTranslations("logs");
  const [isOpen, setIsOpen] = useState(false);
  const resendAttempt = useAction(resendAttemptAction);
  const resend = async () => {
    const answer = await resendAttempt({ logId });
    if (answer.ok) toast.success(t("resent"));
    else toast.error(answer.message);
  };
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <RotateCw /> {t("resend")}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={t("resendTitle")}
        description={t("resendText", { name: webhookName })}
        confirmLabel={t("resend")}
        onConfirm={resend}
        variant="primary"
      />
    </>
  );
}
