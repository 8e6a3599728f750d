"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { ChoiceSelect } from "@/components/ui/choice-select";
import { PERIODS, type Period } from "@/lib/log/periods";
import { ResendFailed } from "../../logs/(list)/resend-failed";

/** Sends once more what failed for this webhook within a period; it is counted and asked about first. */
export function ResendSince({ webhookId }: { webhookId: number }) {
  const t = useTranslations("webhooks.resend");
  const id = useId();
  const [period, setPeriod] = useState<Period>("day");
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <label htmlFor={id} className="text-muted-foreground">
        {t("label")}
      </label>
      <ChoiceSelect
        id={id}
        value={period}
        values={PERIODS}
        textOf={(known) => t(`periods.${known}`)}
        onChoose={setPeriod}
        className="w-44"
      />
      <ResendFailed search={{ webhook: webhookId, period }} />
    </div>
  );
}
