"use client";

import { useNow, useTranslations } from "next-intl";

/** When a webhook that is down is tried next, counted down. */
export function NextProbe({ at }: { at: string }) {
  const t = useTranslations("webhooks.heldUp");
  const now = useNow({ updateInterval: 1_000 });
  const seconds = Math.ceil((Date.parse(at) - now.getTime()) / 1000);
  if (seconds <= 0) return t("probingNow");
  const when =
    seconds < 90
      ? t("when.seconds", { count: seconds })
      : t("when.minutes", { count: Math.round(seconds / 60) });
  return <span className="tabular-nums">{t("nextProbe", { when })}</span>;
}
