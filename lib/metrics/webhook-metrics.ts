import { pingDatabase } from "@/db/client";
import {
  type DurationCounts,
  MAX_COUNTED,
  selectDurationCounts,
  selectWebhookMetrics,
  type WebhookMetrics,
} from "@/db/queries/metrics";
import { DURATION_BUCKETS_MS, METRIC_BUCKETS_MS } from "@/lib/log/duration-buckets";
import type { Metric, Sample } from "@/lib/metrics/render";
import { type HealthState, healthState, STEADY_RATE } from "@/lib/webhooks/health";

/** What the database knows of every webhook. Throws the database's error when it is away. */
export async function webhookMetrics(now = new Date()): Promise<Metric[]> {
  // One that is silent is known to be away before the scrape is given up.
  await pingDatabase();
  const [webhooks, durations] = await Promise.all([
    selectWebhookMetrics(),
    selectDurationCounts({ since: startOfDay(now), buckets: DURATION_BUCKETS_MS.length }),
  ]);
  const gauge = gaugeOf(webhooks);
  return [
    {
      name: "iiko_webhooks_attempts_total",
      type: "counter",
      help: "Requests sent to a webhook, tests aside, by outcome.",
      samples: webhooks.flatMap((webhook) => [
        { labels: { ...labelsOf(webhook), outcome: "success" }, value: webhook.succeeded },
        { labels: { ...labelsOf(webhook), outcome: "failure" }, value: webhook.failed },
      ]),
    },
    {
      name: "iiko_webhooks_attempt_duration_seconds",
      type: "histogram",
      help: "Duration of requests since 00:00 UTC; it starts again from 0 each day, as a counter does at a restart.",
      samples: durations.flatMap((counted) => histogram({ counted, webhooks })),
    },
    gauge("webhook_active", "1 when the webhook is switched on.", ({ is_active }) => Number(is_active)),
    gauge(
      "webhook_healthy",
      `1 when it is on, its newest request succeeded, and so did ${STEADY_RATE} % of those of the last 24 hours.`,
      (webhook) => Number(healthOf(webhook, now) === "healthy"),
    ),
    gauge("webhook_down", "1 while its receiver is away and its deliveries wait.", (webhook) =>
      Number(healthOf(webhook, now) === "down"),
    ),
    gauge("webhook_paused", "1 while its receiver has asked for fewer requests.", (webhook) =>
      Number(healthOf(webhook, now) === "paused"),
    ),
    gauge(
      "waiting_deliveries",
      `Deliveries that wait for a webhook that is down or paused, by its receiver or a person, counted up to ${MAX_COUNTED}.`,
      (webhook) => (webhook.is_held || isHeldUp(healthOf(webhook, now)) ? webhook.pending : 0),
    ),
    gauge(
      "given_up_deliveries",
      `Deliveries that were given up in the last 24 hours, counted up to ${MAX_COUNTED}.`,
      (webhook) => webhook.given_up,
    ),
    gauge(
      "consecutive_failures",
      "Failed requests since the last success.",
      (webhook) => webhook.consecutive_failures,
    ),
    gauge(
      "last_success_timestamp_seconds",
      "When a request last succeeded.",
      (webhook) => webhook.last_success_at,
    ),
    gauge(
      "pending_deliveries",
      `Deliveries that wait or are under way, counted up to ${MAX_COUNTED}.`,
      (webhook) => webhook.pending,
    ),
    gauge(
      "overdue_seconds",
      "How long the first delivery in line has been due; 0 when none waits, or for the end of a person's pause.",
      (webhook) => (webhook.is_held ? 0 : Math.max(0, webhook.overdue_seconds ?? 0)),
    ),
  ];
}

function healthOf(webhook: WebhookMetrics, now: Date): HealthState {
  return healthState({ ...webhook, deactivated_reason: null }, now.getTime());
}

function isHeldUp(state: HealthState): boolean {
  return state === "down" || state === "paused";
}

type Read = (webhook: WebhookMetrics) => number | null;

function gaugeOf(webhooks: WebhookMetrics[]) {
  return (name: string, help: string, read: Read): Metric => ({
    name: `iiko_webhooks_${name}`,
    type: "gauge",
    help,
    samples: webhooks.flatMap((webhook) => {
      const value = read(webhook);
      return value === null ? [] : [{ labels: labelsOf(webhook), value }];
    }),
  });
}

function labelsOf({ id, name }: WebhookMetrics): Record<string, string> {
  return { webhook_id: String(id), webhook: name };
}

function histogram({ counted, webhooks }: { counted: DurationCounts; webhooks: WebhookMetrics[] }): Sample[] {
  const webhook = webhooks.find(({ id }) => id === counted.webhook_id);
  if (!webhook) return [];
  const labels = labelsOf(webhook);
  const upTo = (boundMs: number) =>
    counted.counts.slice(0, DURATION_BUCKETS_MS.indexOf(boundMs) + 1).reduce((sum, count) => sum + count, 0);
  const buckets = METRIC_BUCKETS_MS.map((boundMs) => {
    const le = Number.isFinite(boundMs) ? String(boundMs / 1000) : "+Inf";
    return { suffix: "_bucket", labels: { ...labels, le }, value: upTo(boundMs) };
  });
  return [...buckets, { suffix: "_count", labels, value: upTo(Number.POSITIVE_INFINITY) }];
}

function startOfDay(now: Date): Date {
  return new Date(now.toISOString().slice(0, 10));
}
