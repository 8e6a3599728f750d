import { countUnmatchedEvents, MAX_COUNTED } from "@/db/queries/metrics";
import { orderEventCounts } from "@/lib/metrics/order-event-counts";
import type { Metric } from "@/lib/metrics/render";
import { isInngestConfigured } from "./client";
import { embeddedEngine } from "./engine";

/** What this process's intake took, and the engine that works it off. Asks no database. */
export function engineMetrics(): Metric[] {
  const engine = isInngestConfigured() ? "inngest" : "embedded";
  const state = engine === "inngest" ? "active" : embeddedEngine().state();
  const counts = orderEventCounts();
  return [
    {
      name: "iiko_webhooks_order_events_total",
      type: "counter",
      help: "Order events that this process took in since it started.",
      samples: [
        { labels: { result: "accepted" }, value: counts.accepted },
        { labels: { result: "rejected" }, value: counts.rejected },
      ],
    },
    {
      name: "iiko_webhooks_engine_active",
      type: "gauge",
      help: "1 when this process runs the deliveries, 0 when it stands by for the one that does.",
      samples: [{ labels: { engine }, value: state === "active" ? 1 : 0 }],
    },
    {
      name: "iiko_webhooks_runs_in_progress",
      type: "gauge",
      help: "Attempts under way in this process (embedded engine).",
      samples: engine === "inngest" ? [] : [{ value: embeddedEngine().inProgress() }],
    },
  ];
}

/** What waits to be matched. Throws the database's error when it is away. */
export async function queueMetrics(): Promise<Metric[]> {
  return [
    {
      name: "iiko_webhooks_dispatch_runs",
      type: "gauge",
      help: `Order events that wait to be matched with the webhooks, counted up to ${MAX_COUNTED}.`,
      samples: [{ value: await countUnmatchedEvents() }],
    },
  ];
}
