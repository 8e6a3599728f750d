"use client";

import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { StripHour } from "@/lib/log/strips";

type HourStripProps = { hours: StripHour[]; className?: string };

const MIN_SHARE = 0.14;

/** The last 24 hours as bars: as high as there were requests, red as far as they failed. */
export function HourStrip({ hours, className }: HourStripProps) {
  const t = useTranslations("webhooks");
  const format = useFormatter();
  const most = Math.max(1, ...hours.map(total));
  const all = hours.reduce((sum, hour) => sum + total(hour), 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  return (
    <div
      role="img"
      aria-label={t("stripSummary", { total: all, failed })}
      className={cn("flex h-9 items-end gap-0.5", className)}
    >
      {hours.map((hour) => (
        <span
          key={hour.startsAt}
          title={t("stripHour", {
            time: format.dateTime(new Date(hour.startsAt), { timeStyle: "short" }),
            total: total(hour),
            failed: hour.failed,
          })}
          className="flex h-full min-w-0.5 flex-1 items-end"
        >
          <span
            className={cn(
              "flex w-full flex-col overflow-hidden rounded-[2px]",
              total(hour) === 0 && "bg-border",
            )}
            style={{ height: total(hour) === 0 ? "3px" : `${barShare({ hour, most }) * 100}%` }}
          >
            {hour.failed > 0 && <span className="bg-chart-2" style={{ flexGrow: hour.failed }} />}
            {hour.succeeded > 0 && <span className="bg-chart-1" style={{ flexGrow: hour.succeeded }} />}
          </span>
        </span>
      ))}
    </div>
  );
}

function total({ succeeded, failed }: StripHour): number {
  return succeeded + failed;
}

/** One request beside a thousand must still be seen. */
function barShare({ hour, most }: { hour: StripHour; most: number }): number {
  return MIN_SHARE + (1 - MIN_SHARE) * (total(hour) / most);
}
