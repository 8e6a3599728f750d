import { useFormatter, useTranslations } from "next-intl";
import type { Period } from "@/lib/log/periods";

type ChangeSinceProps = {
  period: Period;
  now: number | null;
  before: number | null;
  /** Shares, in percent, differ by points; other figures by percent of what was before. */
  isShare?: boolean;
  as: "dd" | "p";
};

/** How a figure differs from that of the time before: «+12 % к прошлым 24 ч»; nothing where there was none. */
export function ChangeSince({ period, now, before, isShare = false, as: Text }: ChangeSinceProps) {
  const t = useTranslations("overview");
  const format = useFormatter();
  if (now === null || before === null || (before === 0 && !isShare)) return null;
  const signed = { signDisplay: "exceptZero", maximumFractionDigits: isShare ? 1 : 0 } as const;
  const change = isShare
    ? t("points", { points: format.number(now - before, signed) })
    : format.number((now - before) / before, { style: "percent", ...signed });
  return (
    <Text className="text-muted-foreground text-xs tabular-nums">{t(`since.${period}`, { change })}</Text>
  );
}
