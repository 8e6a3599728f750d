"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { useAction } from "../use-action";
import { moveInspectorAction } from "./actions";

type AddressLineProps = { url: string | null; isDirect: boolean; canManage: boolean };

/** Where the inspector takes requests, and who may send there. */
export function AddressLine({ url, isDirect, canManage }: AddressLineProps) {
  const t = useTranslations("inspector");
  const [isAsking, setIsAsking] = useState(false);
  const moveInspector = useAction(moveInspectorAction);
  const move = async () => {
    const answer = await moveInspector({});
    if (answer.ok) toast.success(t("moved"));
    else toast.error(answer.message);
  };
  if (url === null) return <p className="text-danger">{t("addressUnknown")}</p>;
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="font-medium text-[0.8125rem]">{t("address")}</span>
        <code className="min-w-0 font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{url}</code>
        <CopyButton text={url} size="icon-sm" variant="ghost" />
        {canManage && (
          <Button variant="ghost" size="sm" className="ml-auto" onClick={() => setIsAsking(true)}>
            {t("move")}
          </Button>
        )}
      </div>
      <p className="text-[0.8125rem] text-muted-foreground">
        {t(isDirect ? "addressDirect" : "addressIndirect")}
      </p>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={t("moveTitle")}
        description={t("moveText")}
        confirmLabel={t("move")}
        onConfirm={move}
      />
    </div>
  );
}
