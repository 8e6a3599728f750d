"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { NativeSelect } from "@/components/ui/native-select";
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
      <NativeSelect
        id={id}
        value={period}
        onChange={({ target }) => setPeriod(PERIODS.find((known) => known === target.value) ?? "day")}
        className="w-44"
      >
        {PERIODS.map((known) => (
          <option key={known} value={known}>
            {t(`periods.${known}`)}
          </option>
        ))}
      </NativeSelect>
      <ResendFailed search={{ webhook: webhookId, period }} />
    </div>
  );
}
