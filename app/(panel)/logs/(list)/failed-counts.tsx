"use client";

import { useTranslations } from "next-intl";

export type FailedCounts = {
  counts: { webhook_id: number; webhook_name: string; is_active: boolean; count: number }[];
  /** Where counting stopped. */
  max: number;
};

/** What a confirmation is about to resend, webhook by webhook. */
export function FailedCountsText({ counts, max }: FailedCounts) {
  const t = useTranslations("logs.resendFailed");
  return (
    <span className="grid gap-3">
      <span>{t("text")}</span>
      <span className="grid max-h-60 gap-1.5 overflow-y-auto rounded-md bg-muted px-3 py-2.5 text-foreground">
        {counts.map(({ webhook_id, webhook_name, is_active, count }) => (
          <span key={webhook_id} className="flex justify-between gap-4">
            <span className="min-w-0 truncate font-medium">{webhook_name}</span>
            <span className="shrink-0 tabular-nums">
              {is_active ? countText({ t, count, max }) : t("off")}
            </span>
          </span>
        ))}
      </span>
    </span>
  );
}

export function totalToResend({ counts }: FailedCounts): number {
  return counts.reduce((sum, webhook) => sum + (webhook.is_active ? webhook.count : 0), 0);
}

type CountText = {
  t: ReturnType<typeof useTranslations<"logs.resendFailed">>;
  count: number;
  max: number;
};

function countText({ t, count, max }: CountText): string {
  return count < max ? t("line", { count }) : t("more", { count: max });
}
