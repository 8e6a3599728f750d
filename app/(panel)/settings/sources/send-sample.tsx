"use client";

import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { useToldAction } from "../../use-told-action";
import { sendSampleAction } from "./actions";

/** Sends a sample order of iiko Cloud on its way, which real receivers get: asked about first. */
export function SendSample() {
  const t = useTranslations("sources");
  const send = useToldAction(sendSampleAction, () => t("sampleSent"));
  return (
    <ConfirmButton
      ask={{
        title: t("sampleTitle"),
        description: t("sampleText"),
        confirmLabel: t("sample"),
        onConfirm: () => send({}),
        variant: "primary",
      }}
    >
      <Send /> {t("sample")}
    </ConfirmButton>
  );
}
