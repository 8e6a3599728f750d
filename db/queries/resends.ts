import { sql } from "drizzle-orm";
import { rows } from "@/db/client";

/** A new pending delivery of an event that was delivered before; the body is built anew by the caller. */
export type NewResend = {
  id: string;
  event_id: string;
  webhook_id: number;
  body: string;
  state: string;
  reason: string | null;
};

export async function insertResends(resends: NewResend[]): Promise<void> {
  await rows(sql`
    insert into deliveries (id, event_id, webhook_id, is_resend, body, state, reason)
    select id, event_id, webhook_id, true, body, state, reason from json_to_recordset(${JSON.stringify(resends)}::json)
      as x(id uuid, event_id text, webhook_id int, body text, state text, reason text)`);
}

export type FailedDelivery = { id: string; event_id: string; created_at: string };

/**
 * Failed deliveries of a webhook made in [since, until], oldest first, after the one given; an event that
 * failed more than once counts once, and one that got through since counts no more.
 */
export function failedDeliveries(input: {
  webhookId: number;
  since: Date;
  until: Date;
  afterId: string | null;
  limit: number;
}): Promise<FailedDelivery[]> {
  return rows<FailedDelivery>(sql`
    select d.id, d.event_id from deliveries d
    where d.webhook_id = ${input.webhookId} and d.state = 'failed'
      and d.created_at >= ${input.since.toISOString()}::timestamptz
      and d.created_at <= ${input.until.toISOString()}::timestamptz
      and d.id > ${input.afterId ?? "00000000-0000-0000-0000-000000000000"}::uuid
      and not exists (
        select 1 from deliveries later
        where later.event_id = d.event_id and later.webhook_id = d.webhook_id and later.id > d.id)
    order by d.id limit ${input.limit}`);
}

/** The event and webhook of an attempt, for a resend; event_id is null for a test. */
export async function findAttemptOrigin(
  logId: number,
): Promise<{ event_id: string | null; webhook_id: number } | null> {
  const [origin] = await rows<{ event_id: string | null; webhook_id: number }>(sql`
    select event_id, webhook_id from outgoing_webhook_logs where id = ${logId}`);
  return origin ?? null;
}

/** Pending deliveries whose due time passed at least `seconds` ago: their run may have been lost. */
export function overdueDeliveries(input: {
  seconds: number;
  limit: number;
}): Promise<{ id: string; webhook_id: number }[]> {
  return rows<{ id: string; webhook_id: number }>(sql`
    select d.id, d.webhook_id from deliveries d
    where d.state = 'pending' and coalesce(d.next_attempt_at, d.created_at) < now() - make_interval(secs => ${input.seconds})
      and not exists (select 1 from runs where runs.id = 'deliver-webhook/' || d.id)
    order by d.created_at limit ${input.limit}`);
}
