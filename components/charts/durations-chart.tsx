"use client";

import { useTranslations } from "next-intl";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { OverviewStep } from "@/lib/log/get-overview";
import { AXIS, HALF_COLOR, MARGIN, MOST_COLOR, Y_AXIS_WIDTH } from "./axis";
import { ChartFrame } from "./chart-frame";
import { ChartTooltip } from "./chart-tooltip";
import { useMilliseconds } from "./use-milliseconds";
import { useStepTime } from "./use-step-time";

type DurationsChartProps = { series: OverviewStep[]; p50Ms: number | null; p95Ms: number | null };

/** How long answers took over time: half of them, and nearly all of them. */
export function DurationsChart({ series, p50Ms, p95Ms }: DurationsChartProps) {
  const t = useTranslations("overview");
  const milliseconds = useMilliseconds();
  const stepTime = useStepTime(series);
  const ms = (value: number | null) => (value === null ? "—" : t("ms", { ms: value }));
  const parts = [
    { label: t("half"), color: HALF_COLOR },
    { label: t("most"), color: MOST_COLOR },
  ];
  return (
    <ChartFrame
      title={t("durations")}
      summary={
        p50Ms === null || p95Ms === null
          ? t("noDurations")
          : t("durationsSummary", { p50: p50Ms, p95: p95Ms })
      }
      legend={parts}
      columns={[t("time"), t("half"), t("most")]}
      rows={series.map((step) => ({
        key: step.startsAt,
        cells: [stepTime.full(step.startsAt), ms(step.p50Ms), ms(step.p95Ms)],
      }))}
    >
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={series} accessibilityLayer={false} margin={MARGIN}>
          <CartesianGrid vertical={false} stroke="var(--border)" />
          <XAxis
            dataKey="startsAt"
            ticks={stepTime.ticks}
            interval="preserveStart"
            tickFormatter={stepTime.short}
            // As in the chart of requests, where a step has the width of its bar.
            scale="band"
            {...AXIS}
          />
          <YAxis width={Y_AXIS_WIDTH} tickFormatter={milliseconds} {...AXIS} />
          <Tooltip
            cursor={{ stroke: "var(--border)" }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const step = active ? (payload?.[0]?.payload as OverviewStep | undefined) : undefined;
              if (!step) return null;
              const values = [step.p50Ms, step.p95Ms];
              return (
                <ChartTooltip
                  title={stepTime.full(step.startsAt)}
                  lines={parts.map((part, index) => ({ ...part, value: ms(values[index] ?? null) }))}
                />
              );
            }}
          />
          <Line dataKey="p95Ms" stroke={MOST_COLOR} dot={dot(MOST_COLOR)} {...LINE} />
          <Line dataKey="p50Ms" stroke={HALF_COLOR} dot={dot(HALF_COLOR)} {...LINE} />
        </LineChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

const LINE = { type: "linear", strokeWidth: 2, isAnimationActive: false } as const;

// A step between two without requests would be no line at all.
function dot(fill: string) {
  return { r: 2.5, strokeWidth: 0, fill };
}
