/** The looks that the axes of every chart share. */
export const AXIS = {
  stroke: "var(--muted-foreground)",
  fontSize: 11,
  tickLine: false,
  axisLine: false,
} as const;

export const SUCCEEDED_COLOR = "var(--chart-1)";
export const FAILED_COLOR = "var(--chart-2)";
export const HALF_COLOR = "var(--chart-1)";
export const MOST_COLOR = "var(--chart-4)";
