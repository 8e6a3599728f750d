import {
  type SeriesRow,
  selectSeries,
  selectWebhookTallies,
  type Tally,
  type WebhookTallyRow,
} from "@/db/queries/overview";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { type HeldUp, listHeldUp } from "@/lib/log/held-up";
import { type LastFault, lastFault } from "@/lib/log/last-faults";
import { PERIOD_MS, type Period } from "@/lib/log/periods";
import { type HealthState, healthState, isFailing, successRate } from "@/lib/webhooks/health";
import { DURATION_BUCKETS_MS, durationPercentile } from "./duration-buckets";

/** How far back, in equal steps of which the last is still running. */
export const OVERVIEW_PERIODS = {
  hour: { steps: 12, stepMinutes: 5 },
  day: { steps: 24, stepMinutes: 60 },
  week: { steps: 28, stepMinutes: 6 * 60 },
} as const satisfies Record<Period, object>;

/** `successRate` in percent with one decimal, durations in milliseconds; null without requests. */
type Summary = {
  sent: number;
  failed: number;
  successRate: number | null;
  p50Ms: number | null;
  p95Ms: number | null;
};

export type OverviewStep = Summary & { startsAt: string };
export type WebhookHealth = Summary &
  Pick<WebhookTallyRow, "webhook_id" | "webhook_name" | "is_active" | "pending"> & {
    state: HealthState;
    isFailing: boolean;
    /** While it sends nothing though it is on: why, and what waits. */
    heldUp: HeldUp | null;
    /** While it fails: its newest failed attempt. */
    lastFault: LastFault | null;
  };

/** Requests of a time, in all and by step, and of the time before, which is as long. */
export type Activity = Summary & {
  series: OverviewStep[];
  before: Summary;
  /** In each step of the time before. */
  sentBefore: number[];
};

export type Overview = Activity & {
  pending: number;
  /** The first of them; `webhookCount` is how many there are. */
  webhooks: WebhookHealth[];
  webhookCount: number;
};

const SHOWN_WEBHOOKS = 50;

/** How deliveries went lately, tests aside: in all, over time and by webhook, those that are down and fail first, at most 50. */
export async function getOverview({
  actor,
  period,
  timeZone,
  now = new Date(),
}: {
  actor: Actor;
  period: Period;
  timeZone: string;
  now?: Date;
}): Promise<Overview> {
  requireRole(actor, "viewer");
  const activity = await readActivity({ period, timeZone, now });
  const since = new Date(activity.series[0]?.startsAt ?? now);
  const tallies = await selectWebhookTallies({ since, buckets: DURATION_BUCKETS_MS.length });
  const shown = tallies.map(toHealth).sort(failingFirst).slice(0, SHOWN_WEBHOOKS);
  const heldUp = await listHeldUp({ actor, webhookIds: shown.filter(isHeldUp).map((one) => one.webhook_id) });
  return {
    ...activity,
    pending: tallies.reduce((sum, tally) => sum + tally.pending, 0),
    webhooks: await Promise.all(
      shown.map((webhook) =>
        withLastFault({ actor, webhook: { ...webhook, heldUp: heldUp.get(webhook.webhook_id) ?? null } }),
      ),
    ),
    webhookCount: tallies.length,
  };
}

/** How the deliveries of one webhook went lately, tests aside. */
export function getWebhookActivity({
  actor,
  now = new Date(),
  ...read
}: {
  actor: Actor;
  webhookId: number;
  period: Period;
  timeZone: string;
  now?: Date;
}): Promise<Activity> {
  requireRole(actor, "viewer");
  return readActivity({ ...read, now });
}

async function readActivity({
  period,
  now,
  ...read
}: {
  period: Period;
  timeZone: string;
  now: Date;
  webhookId?: number;
}): Promise<Activity> {
  const { steps, stepMinutes } = OVERVIEW_PERIODS[period];
  const ofTime = { steps, stepMinutes, buckets: DURATION_BUCKETS_MS.length, ...read };
  const [series, before] = await Promise.all([
    selectSeries({ ...ofTime, until: now }),
    selectSeries({ ...ofTime, until: new Date(now.getTime() - PERIOD_MS[period]) }),
  ]);
  return {
    ...summarise(sumOf(series)),
    series: series.map((step) => ({ startsAt: step.starts_at, ...summarise(step) })),
    before: summarise(sumOf(before)),
    sentBefore: before.map(({ succeeded, failed }) => succeeded + failed),
  };
}

function summarise({ succeeded, failed, durations, shortest_ms, longest_ms }: Tally): Summary {
  const sent = succeeded + failed;
  const histogram = { counts: durations, shortestMs: shortest_ms, longestMs: longest_ms };
  return {
    sent,
    failed,
    successRate: successRate({ sent, succeeded }),
    p50Ms: durationPercentile({ ...histogram, share: 0.5 }),
    p95Ms: durationPercentile({ ...histogram, share: 0.95 }),
  };
}

function sumOf(series: SeriesRow[]): Tally {
  const used = series.filter(({ succeeded, failed }) => succeeded + failed > 0);
  const sum: Tally = {
    succeeded: 0,
    failed: 0,
    durations: DURATION_BUCKETS_MS.map(() => 0),
    shortest_ms: extreme({ of: used.map((step) => step.shortest_ms), pick: Math.min }),
    longest_ms: extreme({ of: used.map((step) => step.longest_ms), pick: Math.max }),
  };
  for (const step of series) {
    sum.succeeded += step.succeeded;
    sum.failed += step.failed;
    for (const [bucket, count] of step.durations.entries()) {
      sum.durations[bucket] = (sum.durations[bucket] ?? 0) + count;
    }
  }
  return sum;
}

function extreme({
  of,
  pick,
}: {
  of: (number | null)[];
  pick: (...values: number[]) => number;
}): number | null {
  const known = of.filter((value) => value !== null);
  return known.length === 0 || known.length < of.length ? null : pick(...known);
}

function toHealth(row: WebhookTallyRow): WebhookHealth {
  return {
    webhook_id: row.webhook_id,
    webhook_name: row.webhook_name,
    is_active: row.is_active,
    pending: row.pending,
    state: healthState(row),
    isFailing: isFailing(row),
    heldUp: null,
    lastFault: null,
    ...summarise(row),
  };
}

function isHeldUp({ state }: WebhookHealth): boolean {
  return state === "down" || state === "paused" || state === "held";
}

async function withLastFault({
  actor,
  webhook,
}: {
  actor: Actor;
  webhook: WebhookHealth;
}): Promise<WebhookHealth> {
  if (!webhook.isFailing) return webhook;
  return { ...webhook, lastFault: await lastFault({ actor, id: webhook.webhook_id }) };
}

function failingFirst(a: WebhookHealth, b: WebhookHealth): number {
  return (
    Number(b.state === "down") - Number(a.state === "down") ||
    Number(b.isFailing) - Number(a.isFailing) ||
    Number(b.state === "unsteady") - Number(a.state === "unsteady") ||
    b.failed - a.failed ||
    b.sent - a.sent ||
    a.webhook_name.localeCompare(b.webhook_name)
  );
}
