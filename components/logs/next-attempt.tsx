"use client";

import { useNow, useTranslations } from "next-intl";

/** When a waiting delivery is tried next, counted down to the second. */
export function NextAttempt({ at, attempts }: { at: string | null; attempts: number }) {
  const t = useTranslations("logs");
  const now = useNow({ updateInterval: 1_000 });
  const seconds = at === null ? 0 : Math.ceil((Date.parse(at) - now.getTime()) / 1000);
  if (at === null && attempts === 0) return t("firstAttemptSoon");
  if (seconds <= 0) return t("nextAttemptNow");
  return <span className="tabular-nums">{t("nextAttempt", { when: countdown({ t, seconds }) })}</span>;
}

type Countdown = { t: ReturnType<typeof useTranslations<"logs">>; seconds: number };

function countdown({ t, seconds }: Countdown): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return t("countdown.seconds", { seconds });
  if (minutes < 60) return t("countdown.minutes", { minutes, seconds: seconds % 60 });
  return t("countdown.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
