"use client";

import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAction } from "../../use-action";
import { sendSampleAction } from "./actions";

/** Sends a sample order of iiko Cloud on its way, which real receivers get: asked about first. */
export function SendSample() {
  const t = useTranslations("sources");
  const [isAsking, setIsAsking] = useState(false);
  const sendSample = useAction(sendSampleAction);
  const send = async () => {
    const result = await sendSample({});
    if (!result.ok) toast.error(result.message);
    else toast.success(t("sampleSent"));
  };
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>
        <Send /> {t("sample")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={t("sampleTitle")}
        description={t("sampleText")}
        confirmLabel={t("sample")}
        onConfirm={send}
        variant="primary"
      />
    </>
  );
}
