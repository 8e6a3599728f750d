import { sql } from "drizzle-orm";
import { rows } from "@/db/client";
import { DURATION_BUCKETS_MS } from "@/lib/log/duration-buckets";

/** Counts the whole log of these webhooks anew, as if each attempt had been counted when it was made. */
export async function seedStatistics({ webhookIds }: { webhookIds: number[] }): Promise<void> {
  const ids = sql`any(array(select json_array_elements_text(${JSON.stringify(webhookIds)}::json)::int))`;
  const bounds = JSON.stringify(DURATION_BUCKETS_MS.filter(Number.isFinite));
  const counts = DURATION_BUCKETS_MS.map((_, bucket) =>
    sql.raw(`count(*) filter (where bucket = ${bucket})`),
  );
  await rows(sql`
    insert into webhook_intervals (webhook_id, starts_at, succeeded, failed, durations, shortest_ms, longest_ms)
    select webhook_id, date_bin('5 minutes', created_at, timestamptz '2000-01-01'), count(*) filter (where success),
           count(*) filter (where not success), array[${sql.join(counts, sql`, `)}]::int[],
           min(duration_ms), max(duration_ms)
    from (
      select webhook_id, created_at, success, duration_ms, width_bucket(duration_ms - 0.5, bounds) as bucket
      from outgoing_webhook_logs,
           (select array(select json_array_elements_text(${bounds}::json)::numeric) as bounds) b
      where webhook_id = ${ids} and event_type <> 'test'
    ) attempts
    group by 1, 2
    on conflict (webhook_id, starts_at) do update set
      succeeded = excluded.succeeded, failed = excluded.failed, durations = excluded.durations,
      shortest_ms = excluded.shortest_ms, longest_ms = excluded.longest_ms`);
  await rows(sql`
    update webhook_stats s set total_sent = t.sent, total_success = t.succeeded, total_failed = t.sent - t.succeeded,
      last_sent_at = t.last_sent_at, last_success_at = t.last_success_at
    from (
      select webhook_id, count(*) as sent, count(*) filter (where success) as succeeded, max(created_at) as last_sent_at,
             max(created_at) filter (where success) as last_success_at
      from outgoing_webhook_logs where webhook_id = ${ids} and event_type <> 'test' group by 1
    ) t where t.webhook_id = s.webhook_id`);
}
