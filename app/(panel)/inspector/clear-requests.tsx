"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAction } from "../use-action";
import { clearInspectorAction } from "./actions";

export function ClearRequests() {
  const t = useTranslations("inspector");
  const [isAsking, setIsAsking] = useState(false);
  const clearInspector = useAction(clearInspectorAction);
  const clear = async () => {
    const answer = await clearInspector({});
    if (answer.ok) toast.success(t("cleared"));
    else toast.error(answer.message);
  };
  return (
    <>
      <Button variant="danger-ghost" size="sm" onClick={() => setIsAsking(true)}>
        {t("clear")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={t("clearTitle")}
        description={t("clearText")}
        confirmLabel={t("clear")}
        onConfirm={clear}
      />
    </>
  );
}
