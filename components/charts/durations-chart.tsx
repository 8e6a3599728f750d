"use client";

import { useFormatter, useTranslations } from "next-intl";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { OverviewStep } from "@/lib/log/get-overview";
import { AXIS, HALF_COLOR, MOST_COLOR } from "./axis";
import { ChartFrame } from "./chart-frame";
import { ChartTooltip } from "./chart-tooltip";
import { useStepTime } from "./use-step-time";

type DurationsChartProps = { series: OverviewStep[]; p50Ms: number | null; p95Ms: number | null };

/** How long answers took over time: half of them, and nearly all of them. */
export function DurationsChart({ series, p50Ms, p95Ms }: DurationsChartProps) {
  const t = useTranslations("overview");
  const format = useFormatter();
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
        <LineChart data={series} accessibilityLayer={false} margin={{ top: 4, right: 4, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--border)" />
          <XAxis dataKey="startsAt" tickFormatter={stepTime.short} minTickGap={28} {...AXIS} />
          <YAxis width={44} tickFormatter={(value) => format.number(value)} {...AXIS} />
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

const LINE = { type: "monotone", strokeWidth: 2, isAnimationActive: false } as const;

// A step between two without requests would be no line at all.
function dot(fill: string) {
  return { r: 2.5, strokeWidth: 0, fill };
}
