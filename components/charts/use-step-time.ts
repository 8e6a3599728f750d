import { useFormatter } from "next-intl";
import type { OverviewStep } from "@/lib/log/get-overview";

const DAY_MS = 24 * 3_600_000;

/** How the steps of a chart are written: short below the axis, in full where there is room. */
export function useStepTime(series: OverviewStep[]) {
  const format = useFormatter();
  const first = Date.parse(series[0]?.startsAt ?? "");
  const last = Date.parse(series.at(-1)?.startsAt ?? "");
  const isLong = last - first > DAY_MS;
  return {
    short: (at: string) =>
      format.dateTime(
        new Date(at),
        isLong ? { day: "numeric", month: "short" } : { hour: "2-digit", minute: "2-digit" },
      ),
    full: (at: string) =>
      format.dateTime(new Date(at), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
  };
}
