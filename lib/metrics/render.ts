export type Sample = {
  value: number;
  labels?: Record<string, string | number>;
  /** `_bucket` or `_count` of a histogram. */
  suffix?: string;
};

export type Metric = {
  name: string;
  type: "counter" | "gauge" | "histogram";
  help: string;
  samples: Sample[];
};

export const METRICS_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Metrics in Prometheus' text format 0.0.4; a metric without samples is left out. */
export function renderMetrics(metrics: Metric[]): string {
  return metrics
    .filter((metric) => metric.samples.length > 0)
    .map(renderMetric)
    .join("");
}

function renderMetric({ name, type, help, samples }: Metric): string {
  const head = `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`;
  const lines = samples.map(
    ({ value, labels, suffix = "" }) => `${name}${suffix}${renderLabels(labels)} ${value}\n`,
  );
  return head + lines.join("");
}

function renderLabels(labels: Sample["labels"]): string {
  const pairs = Object.entries(labels ?? {}).map(
    ([name, value]) => `${name}="${escapeLabel(String(value))}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}
