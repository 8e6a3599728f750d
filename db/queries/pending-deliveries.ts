import { sql } from "drizzle-orm";
import { type Db, prepared, rows } from "@/db/client";

/** A pending delivery as its webhook's line needs it. */
export type PendingDelivery = {
  id: string;
  position: number;
  /** Whether its webhook takes the deliveries of one order one after another. */
  ordered: boolean;
  order_id: number | null;
  order_external_id: string | null;
  /** Of its body. */
  bytes: number;
  next_attempt_at: string | null;
};

export type LineCursor = { position: number; id: string };

/** The next pending deliveries of a webhook after `after`, in the order of its line. */
export function findPendingDeliveries(input: {
  webhookId: number;
  after: LineCursor;
  limit: number;
}): Promise<PendingDelivery[]> {
  return prepared<PendingDelivery>({
    name: "find-pending-deliveries",
    text: `
      select d.id, d.position::float8 as position, w.ordered, octet_length(d.body) as bytes,
             e.order_id::float8 as order_id, e.order_external_id,
             to_char(d.next_attempt_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as next_attempt_at
      from (
        select * from deliveries
        where webhook_id = $1 and state = 'pending' and (position, id) > ($2::bigint, $3::uuid)
        order by position, id limit $4
      ) as d join order_events e on e.id = d.event_id join outgoing_webhooks w on w.id = d.webhook_id
      order by d.position, d.id`,
    values: [input.webhookId, input.after.position, input.after.id, input.limit],
  });
}

/** Which of the deliveries are pending. */
export async function findStillPending(ids: string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(sql`
    select id from deliveries
    where id = any(array(select json_array_elements_text(${JSON.stringify(ids)}::json)::uuid)) and state = 'pending'`);
  return new Set(found.map(({ id }) => id));
}

/**
 * The webhooks that still have something to send: one index probe each, however much there is. What is left of a
 * deleted webhook has nobody to be sent to.
 */
export async function listPendingWebhooks(): Promise<number[]> {
  const found = await rows<{ webhook_id: number }>(sql`
    with recursive pending as (
      (select webhook_id from deliveries where state = 'pending' order by webhook_id limit 1)
      union all
      select (select d.webhook_id from deliveries d where d.state = 'pending' and d.webhook_id > pending.webhook_id
              order by d.webhook_id limit 1)
      from pending where pending.webhook_id is not null
    )
    select webhook_id from pending join outgoing_webhooks w on w.id = pending.webhook_id`);
  return found.map((row) => row.webhook_id);
}

/** Puts a pending delivery off after a fault of the product's own. */
export async function postponeDelivery(input: { id: string; until: Date; failures: number }): Promise<void> {
  await rows(sql`
    update deliveries set next_attempt_at = ${input.until.toISOString()}::timestamptz, failures = ${input.failures}
    where id = ${input.id} and state = 'pending'`);
}

/**
 * Takes a pending delivery for an attempt, of which others keep off until `until`; `next_attempt_at` is as it was read.
 * False when somebody else has taken it, or it has changed since.
 */
export async function claimDelivery(input: {
  id: string;
  next_attempt_at: string | null;
  until: Date;
}): Promise<boolean> {
  const claimed = await rows(sql`
    update deliveries set next_attempt_at = ${input.until.toISOString()}::timestamptz
    where id = ${input.id}::uuid and state = 'pending'
      and date_trunc('milliseconds', next_attempt_at) is not distinct from ${input.next_attempt_at}::timestamptz
    returning id`);
  return claimed.length > 0;
}

/** Has a webhook's pending deliveries wait for their next attempt no longer. */
export async function makeDue(tx: Db, webhookId: number): Promise<void> {
  await rows(
    sql`
      update deliveries set next_attempt_at = null
      where webhook_id = ${webhookId} and state = 'pending' and next_attempt_at is not null`,
    tx,
  );
}

/** Tells the process that runs the deliveries of new work; it also looks by itself every few seconds. */
export async function notifyEngine({
  channel,
  payloads,
}: {
  channel: string;
  payloads: string[];
}): Promise<void> {
  await rows(sql`
    select pg_notify(${channel}::text, payload)
    from json_array_elements_text(${JSON.stringify(payloads)}::json) as payload`);
}
