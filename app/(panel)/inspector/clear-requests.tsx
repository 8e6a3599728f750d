"use client";

import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { useToldAction } from "../use-told-action";
import { clearInspectorAction } from "./actions";

export function ClearRequests() {
  const t = useTranslations("inspector");
  const clear = useToldAction(clearInspectorAction, () => t("cleared"));
  return (
    <ConfirmButton
      variant="danger-ghost"
      size="sm"
      ask={{
        title: t("clearTitle"),
        description: t("clearText"),
        confirmLabel: t("clear"),
        onConfirm: () => clear({}),
      }}
    >
      {t("clear")}
    </ConfirmButton>
  );
}
