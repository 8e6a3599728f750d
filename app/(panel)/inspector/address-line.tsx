"use client";

import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { CopyButton } from "@/components/ui/copy-button";
import { useToldAction } from "../use-told-action";
import { moveInspectorAction } from "./actions";

type AddressLineProps = { url: string | null; isDirect: boolean; canManage: boolean };

/** Where the inspector takes requests, and who may send there. */
export function AddressLine({ url, isDirect, canManage }: AddressLineProps) {
  const t = useTranslations("inspector");
  const move = useToldAction(moveInspectorAction, () => t("moved"));
  if (url === null) return <p className="text-danger">{t("addressUnknown")}</p>;
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="font-medium text-[0.8125rem]">{t("address")}</span>
        <code className="min-w-0 font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{url}</code>
        <CopyButton text={url} size="icon-sm" variant="ghost" />
        {canManage && (
          <ConfirmButton
            variant="ghost"
            size="sm"
            className="ml-auto"
            ask={{
              title: t("moveTitle"),
              description: t("moveText"),
              confirmLabel: t("move"),
              onConfirm: () => move({}),
            }}
          >
            {t("move")}
          </ConfirmButton>
        )}
      </div>
      <p className="text-[0.8125rem] text-muted-foreground">
        {t(isDirect ? "addressDirect" : "addressIndirect")}
      </p>
    </div>
  );
}
