"use client";

import { useFormatter, useTranslations } from "next-intl";
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { OverviewStep } from "@/lib/log/get-overview";
import type { Period } from "@/lib/log/periods";
import { AXIS, BEFORE_COLOR, FAILED_COLOR, MARGIN, SUCCEEDED_COLOR, Y_AXIS_WIDTH } from "./axis";
import { ChartFrame } from "./chart-frame";
import { ChartTooltip } from "./chart-tooltip";
import { useStepTime } from "./use-step-time";

type RequestsChartProps = {
  period: Period;
  series: OverviewStep[];
  /** Requests in each step of the time before, which is as long. */
  sentBefore: number[];
  sent: number;
  failed: number;
};

/** Requests over time, those that failed on top, and beside them how many there were in the time before. */
export function RequestsChart({ period, series, sentBefore, sent, failed }: RequestsChartProps) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const stepTime = useStepTime(series);
  const data = series.map((step, index) => ({
    ...step,
    succeeded: step.sent - step.failed,
    before: sentBefore[index] ?? 0,
  }));
  const hasBefore = sentBefore.some((count) => count > 0);
  const valuesOf = (step: (typeof data)[number]) =>
    hasBefore ? [step.succeeded, step.failed, step.before] : [step.succeeded, step.failed];
  const parts = [
    { label: t("succeeded"), color: SUCCEEDED_COLOR },
    { label: t("failedShort"), color: FAILED_COLOR },
    ...(hasBefore ? [{ label: t(`before.${period}`), color: BEFORE_COLOR }] : []),
  ];
  return (
    <ChartFrame
      title={t("requests")}
      summary={sent === 0 ? t("quiet") : t("requestsSummary", { sent, failed })}
      legend={parts}
      columns={[t("time"), ...parts.map(({ label }) => label)]}
      rows={data.map((step) => ({
        key: step.startsAt,
        cells: [stepTime.full(step.startsAt), ...valuesOf(step).map((count) => format.number(count))],
      }))}
    >
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart data={data} accessibilityLayer={false} margin={MARGIN}>
          <CartesianGrid vertical={false} stroke="var(--border)" />
          <XAxis
            dataKey="startsAt"
            ticks={stepTime.ticks}
            interval="preserveStart"
            tickFormatter={stepTime.short}
            {...AXIS}
          />
          <YAxis
            allowDecimals={false}
            width={Y_AXIS_WIDTH}
            tickFormatter={(count) => format.number(count)}
            {...AXIS}
          />
          <Tooltip
            cursor={{ fill: "var(--muted)" }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const step = active ? (payload?.[0]?.payload as (typeof data)[number] | undefined) : undefined;
              if (!step) return null;
              const values = valuesOf(step);
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
          {hasBefore && (
            <Line
              dataKey="before"
              type="linear"
              stroke={BEFORE_COLOR}
              strokeDasharray="4 3"
              strokeWidth={1.5}
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
