import { type SQL, sql } from "drizzle-orm";
import { rows, unhurriedDb } from "@/db/client";

/** One batch: rows older than `before`, at most `limit` of them. */
export type OldRows = { before: Date; limit: number };

/** Deletes log rows written before; returns how many went. */
export function deleteOldAttempts(old: OldRows): Promise<number> {
  return deleteOldest({ ...old, table: "outgoing_webhook_logs", key: "id", time: "created_at" });
}

/**
 * Deletes order events that came in before, with all their deliveries; returns how many events went. One with
 * a delivery that is still pending, or that was never matched, stays. The conditions are counts because an
 * anti-join could be planned as a walk over all deliveries.
 */
export function deleteOldOrderEvents({ before, limit }: OldRows): Promise<number> {
  return count(sql`
    with old as materialized (
      select e.id from order_events e
      where e.received_at < ${before.toISOString()}::timestamptz
        and (e.state = 'rejected' or e.matched_revision is not null)
        and (select count(*) from deliveries d
             where d.event_id = e.id and not d.is_resend and d.state = 'pending') = 0
        and (select count(*) from deliveries d
             where d.event_id = e.id and d.is_resend and d.state = 'pending') = 0
      order by e.received_at limit ${limit}
    ), sent as (
      delete from deliveries where event_id = any(array(select id from old)) and not is_resend
    ), resent as (
      delete from deliveries where event_id = any(array(select id from old)) and is_resend
    ), gone as (
      delete from order_events where id = any(array(select id from old))
    )
    select count(*)::int as n from old`);
}

/** Deletes messages of iiko's that came in before; returns how many went. */
export function deleteOldIikoMessages(old: OldRows): Promise<number> {
  return deleteOldest({ ...old, table: "iiko_messages", key: "id", time: "received_at" });
}

/** Deletes requests that came to the inspector before; returns how many went. */
export function deleteOldInspectorRequests(old: OldRows): Promise<number> {
  return deleteOldest({ ...old, table: "inspector_requests", key: "number", time: "received_at" });
}

/** Deletes the charts' intervals that began before; returns how many went. */
export function deleteOldIntervals(old: OldRows): Promise<number> {
  return deleteOldest({ ...old, table: "webhook_intervals", key: "ctid", time: "starts_at" });
}

/** Deletes audit rows written before; their ids grow with the time. Returns how many went. */
export function deleteOldAuditRows({ before, limit }: OldRows): Promise<number> {
  return count(sql`
    with oldest as materialized (
      select id, at from audit_log order by id limit ${limit}
    ), gone as (
      delete from audit_log where id = any(array(
        select id from oldest where at < ${before.toISOString()}::timestamptz))
      returning 1
    )
    select count(*)::int as n from gone`);
}

/** `key` tells a row of the table from all others; `time` has an index where there may be many. */
function deleteOldest(input: OldRows & { table: string; key: string; time: string }): Promise<number> {
  const [table, key, time] = [input.table, input.key, input.time].map(sql.raw);
  return count(sql`
    with gone as (
      delete from ${table} where ${key} = any(array(
        select ${key} from ${table} where ${time} < ${input.before.toISOString()}::timestamptz
        order by ${time} limit ${input.limit}))
      returning 1
    )
    select count(*)::int as n from gone`);
}

async function count(query: SQL): Promise<number> {
  const [counted] = await rows<{ n: number }>(query, unhurriedDb());
  return counted?.n ?? 0;
}
