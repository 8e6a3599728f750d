import { sql } from "drizzle-orm";
import { type Db, prepared, rows } from "@/db/client";
import { DELIVERY_COLUMNS, type DeliveryRow } from "./attempts";
import { UNDER_WAY } from "./turns";

/** A pending delivery as its webhook's line needs it. */
export type PendingDelivery = Omit<DeliveryRow, "body"> & {
  position: number;
  /** Whether its webhook takes the deliveries of one order one after another. */
  ordered: boolean;
  /** Null where it is longer than was asked for. */
  body: string | null;
  /** Of its body. */
  bytes: number;
};

export type LineCursor = { position: number; id: string };

/** The next pending deliveries of a webhook after `after`, in the order of its line, with bodies of up to `maxBodyBytes`. */
export function findPendingDeliveries(input: {
  webhookId: number;
  after: LineCursor;
  limit: number;
  maxBodyBytes: number;
}): Promise<PendingDelivery[]> {
  const { webhookId, after, limit, maxBodyBytes } = input;
  return prepared<PendingDelivery>({
    name: "find-pending-deliveries",
    text: `
      select ${DELIVERY_COLUMNS}, d.position::float8 as position, w.ordered, octet_length(d.body) as bytes,
             case when octet_length(d.body) <= $5 then d.body end as body
      from (
        select * from deliveries
        where webhook_id = $1 and state = 'pending' and (position, id) > ($2::bigint, $3::uuid)
        order by position, id limit $4
      ) as d join order_events e on e.id = d.event_id join outgoing_webhooks w on w.id = d.webhook_id
      order by d.position, d.id`,
    values: [webhookId, after.position, after.id, limit, maxBodyBytes],
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
    update deliveries set
      next_attempt_at = ${input.until.toISOString()}::timestamptz, failures = ${input.failures}, run_until = null
    where id = ${input.id} and state = 'pending'`);
}

/** Has a webhook's pending deliveries wait for their next attempt no longer. */
export async function makeDue(tx: Db, webhookId: number): Promise<void> {
  await rows(
    sql`
      update deliveries d set next_attempt_at = null
      where d.webhook_id = ${webhookId} and d.state = 'pending' and d.next_attempt_at is not null
        and not ${sql.raw(UNDER_WAY)}`,
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
