"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { useFormKey } from "../../use-form-key";
import { useToldAction } from "../../use-told-action";
import { resendAttemptAction } from "../actions";

export function ResendButton({ logId, webhookName }: { logId: number; webhookName: string }) {
  const t = useTranslations("logs");
  const resend = useToldAction(useFormKey(resendAttemptAction), () => t("resent"));
  return (
    <ConfirmButton
      ask={{
        title: t("resendTitle"),
        description: t("resendText", { name: webhookName }),
        confirmLabel: t("resend"),
        onConfirm: () => resend({ logId }),
        variant: "primary",
      }}
    >
      <RotateCw /> {t("resend")}
    </ConfirmButton>
  );
}
