import { sql } from "drizzle-orm";
import { rows } from "@/db/client";
import { isGivenUp } from "@/db/schema";
import type { StoredFlow } from "@/db/stored-flow";
import { RECENT, recentOf } from "./health";
import { isHeldByPerson } from "./lines";

/** Counting stops here, so that a long backlog costs a scrape no more than this. */
export const MAX_COUNTED = 1_000;

export type WebhookMetrics = {
  id: number;
  name: string;
  is_active: boolean;
  /** A person paused it and its orders wait. */
  is_held: boolean;
  succeeded: number;
  failed: number;
  consecutive_failures: number;
  flow: StoredFlow | null;
  recent_sent: number;
  recent_failed: number;
  last_success_at: number | null;
  /** At most MAX_COUNTED. */
  pending: number;
  /** How long the first delivery in the webhook's line has been due; below 0 when its time is still to come. */
  overdue_seconds: number | null;
  /** In the last 24 hours, at most MAX_COUNTED. */
  given_up: number;
};

/** Every webhook's counters and backlog; times in seconds. */
export function selectWebhookMetrics(): Promise<WebhookMetrics[]> {
  return rows<WebhookMetrics>(sql`
    select w.id, w.name, w.is_active, ${isHeldByPerson(sql`w`)} as is_held,
      s.total_success::float8 as succeeded, s.total_failed::float8 as failed, s.consecutive_failures, s.flow, ${RECENT},
      extract(epoch from s.last_success_at)::float8 as last_success_at,
      (select count(*)::int from (
        select 1 from deliveries d where d.webhook_id = w.id and d.state = 'pending' limit ${MAX_COUNTED}) as counted) as pending,
      (select count(*)::int from (
        select 1 from deliveries d
        where d.webhook_id = w.id and ${isGivenUp("d")}
          and d.finished_at > now() - interval '24 hours' limit ${MAX_COUNTED}) as counted) as given_up,
      extract(epoch from now() - (
        select coalesce(d.next_attempt_at, d.created_at) from deliveries d
        where d.webhook_id = w.id and d.state = 'pending'
        order by d.position, d.id limit 1))::float8 as overdue_seconds
    from outgoing_webhooks w join webhook_stats s on s.webhook_id = w.id cross join lateral ${recentOf(sql`w.id`)}
    order by w.id`);
}

export type DurationCounts = { webhook_id: number; counts: number[] };

/** Requests by duration bucket since `since`, from the charts' five-minute rows, for the webhooks that had any. */
export function selectDurationCounts(input: { since: Date; buckets: number }): Promise<DurationCounts[]> {
  const sums = Array.from({ length: input.buckets }, (_, index) => sql`sum(durations[${index + 1}])::float8`);
  return rows<DurationCounts>(sql`
    select webhook_id, array[${sql.join(sums, sql`, `)}] as counts from webhook_intervals
    where starts_at >= ${input.since.toISOString()}::timestamptz group by webhook_id order by webhook_id`);
}

/** How many order events wait to be matched, at most MAX_COUNTED. */
export async function countUnmatchedEvents(): Promise<number> {
  const [counted] = await rows<{ n: number }>(sql`
    select count(*)::int as n from (
      select 1 from order_events where state = 'accepted' and matched_revision is null
      limit ${MAX_COUNTED}) as counted`);
  return counted?.n ?? 0;
}
