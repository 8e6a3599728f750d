"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { OverviewStep } from "@/lib/log/get-overview";
import { AXIS, FAILED_COLOR, SUCCEEDED_COLOR } from "./axis";
import { ChartFrame } from "./chart-frame";
import { ChartTooltip } from "./chart-tooltip";
import { useStepTime } from "./use-step-time";

type RequestsChartProps = { series: OverviewStep[]; sent: number; failed: number };

/** Requests over time, those that failed on top. */
export function RequestsChart({ series, sent, failed }: RequestsChartProps) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const stepTime = useStepTime(series);
  const data = series.map((step) => ({ ...step, succeeded: step.sent - step.failed }));
  const parts = [
    { label: t("succeeded"), color: SUCCEEDED_COLOR },
    { label: t("failedShort"), color: FAILED_COLOR },
  ];
  return (
    <ChartFrame
      title={t("requests")}
      summary={sent === 0 ? t("quiet") : t("requestsSummary", { sent, failed })}
      legend={parts}
      columns={[t("time"), t("succeeded"), t("failedShort")]}
      rows={data.map((step) => ({
        key: step.startsAt,
        cells: [stepTime.full(step.startsAt), format.number(step.succeeded), format.number(step.failed)],
      }))}
    >
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={data} accessibilityLayer={false} margin={{ top: 4, right: 4, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--border)" />
          <XAxis dataKey="startsAt" tickFormatter={stepTime.short} minTickGap={28} {...AXIS} />
          <YAxis allowDecimals={false} width={44} tickFormatter={(count) => format.number(count)} {...AXIS} />
          <Tooltip
            cursor={{ fill: "var(--muted)" }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const step = active ? (payload?.[0]?.payload as (typeof data)[number] | undefined) : undefined;
              if (!step) return null;
              const values = [step.succeeded, step.failed];
              return (
                <ChartTooltip
                  title={stepTime.full(step.startsAt)}
                  lines={parts.map((part, index) => ({ ...part, value: format.number(values[index] ?? 0) }))}
                />
              );
            }}
          />
          <Bar dataKey="succeeded" stackId="sent" fill={SUCCEEDED_COLOR} isAnimationActive={false} />
          <Bar
            dataKey="failed"
            stackId="sent"
            fill={FAILED_COLOR}
            radius={[2, 2, 0, 0]}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
