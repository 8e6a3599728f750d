import { expect, test } from "vitest";
import { renderMetrics } from "./render";

test("renders names, labels and values as Prometheus reads them", () => {
  const text = renderMetrics([
    {
      name: "attempts_total",
      type: "counter",
      help: "Requests\nby outcome.",
      samples: [
        { labels: { webhook: 'CRM "new" \\ old\nline', outcome: "success" }, value: 12 },
        { labels: { webhook: "Сенлер", outcome: "failure" }, value: 0 },
      ],
    },
    { name: "nothing", type: "gauge", help: "Never there.", samples: [] },
    {
      name: "duration_seconds",
      type: "histogram",
      help: "Duration.",
      samples: [
        { suffix: "_bucket", labels: { le: "+Inf" }, value: 3 },
        { suffix: "_count", value: 3 },
      ],
    },
  ]);
  expect(text).toBe(
    [
      "# HELP attempts_total Requests\\nby outcome.",
      "# TYPE attempts_total counter",
      'attempts_total{webhook="CRM \\"new\\" \\\\ old\\nline",outcome="success"} 12',
      'attempts_total{webhook="Сенлер",outcome="failure"} 0',
      "# HELP duration_seconds Duration.",
      "# TYPE duration_seconds histogram",
      'duration_seconds_bucket{le="+Inf"} 3',
      "duration_seconds_count 3",
      "",
    ].join("\n"),
  );
});
