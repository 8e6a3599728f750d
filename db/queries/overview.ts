import { type SQL, sql } from "drizzle-orm";
import { rows } from "@/db/client";
import { type HealthRow, RECENT, recentOf } from "./health";

/**
 * Counts of requests; `durations` is a histogram by lib/log/duration-buckets. The shortest and the longest of them in
 * milliseconds are null where some were counted before these were kept.
 */
export type Tally = {
  succeeded: number;
  failed: number;
  durations: number[];
  shortest_ms: number | null;
  longest_ms: number | null;
};

export type SeriesRow = Tally & { starts_at: string };

type Series = {
  until: Date;
  steps: number;
  stepMinutes: number;
  timeZone: string;
  buckets: number;
  /** Of one webhook; of all where it is not given. */
  webhookId?: number | undefined;
};

/**
 * Requests in `steps` steps of time, oldest first, the last one still running at `until`. Steps of hours begin
 * where they begin in `timeZone`.
 */
export function selectSeries({
  until,
  steps,
  stepMinutes,
  timeZone,
  buckets,
  webhookId,
}: Series): Promise<SeriesRow[]> {
  const bin = (time: SQL) => sql`date_bin(z.step, ${time} at time zone z.name, timestamp '2000-01-01')`;
  const now = sql`${until.toISOString()}::timestamptz`;
  return rows<SeriesRow>(sql`
    with z as materialized (
      select ${timeZone}::text as name, make_interval(mins => ${stepMinutes}::int) as step
    ), span as materialized (
      select ${bin(now)} - z.step * ${steps - 1}::int as first, ${bin(now)} as last from z
    ), counted as materialized (
      select ${bin(sql`i.starts_at`)} as at, ${tally(buckets)}
      from z, span, webhook_intervals i
      where i.starts_at >= span.first at time zone z.name and i.starts_at <= ${now}
        ${webhookId === undefined ? sql`` : sql`and i.webhook_id = ${webhookId}`}
      group by 1
    )
    select to_char(s.at at time zone z.name at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as starts_at,
           coalesce(c.succeeded, 0) as succeeded, coalesce(c.failed, 0) as failed,
           coalesce(c.durations, '{}') as durations, c.shortest_ms, c.longest_ms
    from z, span, generate_series(span.first, span.last, z.step) s(at)
    left join counted c on c.at = s.at
    order by s.at`);
}

export type WebhookTallyRow = Tally &
  Omit<HealthRow, "id"> & { webhook_id: number; webhook_name: string; pending: number };

/** Every webhook with its requests since a moment and what waits to be sent to it now. */
export function selectWebhookTallies({
  since,
  buckets,
}: {
  since: Date;
  buckets: number;
}): Promise<WebhookTallyRow[]> {
  return rows<WebhookTallyRow>(sql`
    select w.id as webhook_id, w.name as webhook_name, w.is_active, w.deactivated_reason, w.pause,
           coalesce(s.consecutive_failures, 0) as consecutive_failures, s.flow, ${RECENT},
           coalesce(t.succeeded, 0) as succeeded, coalesce(t.failed, 0) as failed,
           coalesce(t.durations, '{}') as durations, t.shortest_ms, t.longest_ms, coalesce(p.pending, 0) as pending
    from outgoing_webhooks w
    left join webhook_stats s on s.webhook_id = w.id
    cross join lateral ${recentOf(sql`w.id`)}
    left join (
      select i.webhook_id, ${tally(buckets)} from webhook_intervals i
      where i.starts_at >= ${since.toISOString()}::timestamptz group by i.webhook_id
    ) t on t.webhook_id = w.id
    left join (
      select webhook_id, count(*)::int as pending from deliveries where state = 'pending' group by webhook_id
    ) p on p.webhook_id = w.id
    order by w.id`);
}

// One sum per bucket: unnesting the arrays of a week would make half a million rows.
function tally(buckets: number): SQL {
  const sums = Array.from({ length: buckets }, (_, index) => sql.raw(`sum(i.durations[${index + 1}])::int`));
  return sql`sum(i.succeeded)::int as succeeded, sum(i.failed)::int as failed,
             array[${sql.join(sums, sql`, `)}] as durations,
             case when count(*) = count(i.shortest_ms) then min(i.shortest_ms) end as shortest_ms,
             case when count(*) = count(i.longest_ms) then max(i.longest_ms) end as longest_ms`;
}
