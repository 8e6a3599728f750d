import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { rateColour } from "@/components/webhooks/rate-colour";
import { useRateText } from "@/components/webhooks/use-rate-text";
import type { Overview } from "@/lib/log/get-overview";
import type { Period } from "@/lib/log/periods";
import { ChangeSince } from "./change-since";

type StatTilesProps = { overview: Overview; period: Period };

/** The figures of the chosen time at a glance, each beside that of the time before. */
export function StatTiles({ overview, period }: StatTilesProps) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const rateText = useRateText();
  const ms = (value: number | null) => (value === null ? "—" : t("ms", { ms: value }));
  const { sent, failed, successRate, p50Ms, p95Ms, pending, before } = overview;
  const tiles = [
    { label: t("sent"), value: format.number(sent), change: { now: sent, before: before.sent } },
    {
      label: t("successRate"),
      value: rateText(successRate),
      tone: successRate === null ? undefined : rateColour(successRate),
      change: { now: successRate, before: before.successRate, isShare: true },
    },
    {
      label: t("failed"),
      value: format.number(failed),
      tone: failed > 0 ? "text-danger" : undefined,
      change: { now: failed, before: before.failed },
    },
    { label: t("p50"), value: ms(p50Ms), change: { now: p50Ms, before: before.p50Ms } },
    { label: t("p95"), value: ms(p95Ms), change: { now: p95Ms, before: before.p95Ms } },
    { label: t("pending"), value: format.number(pending) },
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border bg-border shadow-card md:grid-cols-3 xl:grid-cols-6">
      {tiles.map(({ label, value, tone, change }) => (
        <div key={label} className="flex flex-col gap-1 bg-card px-4 py-3.5">
          <dt className="text-muted-foreground text-xs">{label}</dt>
          <dd className={cn("font-semibold text-2xl tabular-nums tracking-tight", tone)}>{value}</dd>
          {change && <ChangeSince as="dd" period={period} {...change} />}
        </div>
      ))}
    </dl>
  );
}
