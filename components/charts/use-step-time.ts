import { useFormatter } from "next-intl";
import type { OverviewStep } from "@/lib/log/get-overview";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How the steps of a chart are written, and below which of them: the same for every chart of a time. */
export function useStepTime(series: Pick<OverviewStep, "startsAt">[]) {
  const format = useFormatter();
  const starts = series.map(({ startsAt }) => startsAt);
  const span = Date.parse(starts.at(-1) ?? "") - Date.parse(starts[0] ?? "");
  const everyMinutes = labelledEvery(span);
  const minuteOfDay = (at: string) => {
    const clock = format.dateTime(new Date(at), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const [hours = 0, minutes = 0] = clock.split(":").map(Number);
    return hours * 60 + minutes;
  };
  return {
    /** The steps that have a label: those at round times of the reader's day. */
    ticks: starts.filter((at) => minuteOfDay(at) % everyMinutes === 0),
    short: (at: string) =>
      format.dateTime(
        new Date(at),
        span > DAY_MS ? { day: "numeric", month: "short" } : { hour: "2-digit", minute: "2-digit" },
      ),
    full: (at: string) =>
      format.dateTime(new Date(at), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
  };
}

function labelledEvery(span: number): number {
  if (span > DAY_MS) return 24 * 60;
  return span > 60 * MINUTE_MS ? 4 * 60 : 15;
}
