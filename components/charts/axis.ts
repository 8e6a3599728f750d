/** The looks that the axes of every chart share. */
export const AXIS = {
  stroke: "var(--muted-foreground)",
  fontSize: 11,
  tickLine: false,
  axisLine: false,
} as const;

/** As wide in every chart, so that the same time stands at the same place in each. */
export const Y_AXIS_WIDTH = 52;
export const MARGIN = { top: 4, right: 12, bottom: 0, left: 0 };

export const SUCCEEDED_COLOR = "var(--chart-1)";
export const BEFORE_COLOR = "var(--muted-foreground)";
export const FAILED_COLOR = "var(--chart-2)";
export const HALF_COLOR = "var(--chart-1)";
export const MOST_COLOR = "var(--chart-4)";
