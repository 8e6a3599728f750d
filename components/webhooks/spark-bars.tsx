import { useTranslations } from "next-intl";
import type { StripHour } from "@/lib/log/strips";

const HEIGHT = 20;
const MIN_HEIGHT = 3;
const BAR = 3;
const STEP = 4;

/** The last 24 hours as bars, in so few elements that a long list of them stays light. */
export function SparkBars({ hours, className }: { hours: StripHour[]; className?: string }) {
  const t = useTranslations("webhooks");
  const total = hours.reduce((sum, hour) => sum + hour.succeeded + hour.failed, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  const summary = t("stripSummary", { total, failed });
  const { succeeding, failing } = toPaths(hours);
  return (
    <svg
      role="img"
      aria-label={summary}
      viewBox={`0 0 ${hours.length * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={className}
    >
      <title>{summary}</title>
      <path
        d={`M0 ${HEIGHT - 0.5}h${hours.length * STEP}`}
        strokeDasharray={`${BAR} ${STEP - BAR}`}
        className="stroke-border"
      />
      <path d={succeeding} className="fill-chart-1" />
      <path d={failing} className="fill-chart-2" />
    </svg>
  );
}

function toPaths(hours: StripHour[]): { succeeding: string; failing: string } {
  const most = Math.max(1, ...hours.map((hour) => hour.succeeded + hour.failed));
  const paths = { succeeding: "", failing: "" };
  for (const [index, { succeeded, failed }] of hours.entries()) {
    const total = succeeded + failed;
    if (total === 0) continue;
    const x = index * STEP;
    // One request beside a thousand must still be seen, and so must one failure.
    const height = Math.max(MIN_HEIGHT, (HEIGHT * total) / most);
    const red = failed === 0 ? 0 : Math.max(MIN_HEIGHT, (height * failed) / total);
    if (red > 0) paths.failing += bar({ x, top: HEIGHT - height, bottom: HEIGHT - height + red });
    if (red < height) paths.succeeding += bar({ x, top: HEIGHT - height + red, bottom: HEIGHT });
  }
  return paths;
}

function bar({ x, top, bottom }: { x: number; top: number; bottom: number }): string {
  return `M${x} ${round(bottom)}V${round(top)}h${BAR}V${round(bottom)}z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
