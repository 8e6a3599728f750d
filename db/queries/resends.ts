import { type SQL, sql } from "drizzle-orm";
import { type Db, rows } from "@/db/client";
import type { StoredRefusal } from "@/db/stored-refusal";
import { type OrderKeys, rowsOfOrders } from "./order-keys";
import { eventsOfOrder } from "./order-timeline";

/** A new delivery of an event that is stored already; its body is built by the caller. */
export type NewResend = {
  id: string;
  event_id: string;
  webhook_id: number;
  body: string;
  state: string;
  refusal: StoredRefusal | null;
};

/** Stores resends at the end of their webhooks' lines. A webhook deleted meanwhile gets none. Returns the ids stored. */
export async function insertResends(tx: Db, resends: NewResend[]): Promise<Set<string>> {
  const webhookIds = JSON.stringify([...new Set(resends.map(({ webhook_id }) => webhook_id))]);
  const stored = await rows<{ id: string }>(
    sql`
      with present as materialized (
        select id from outgoing_webhooks
        where id = any(array(select json_array_elements_text(${webhookIds}::json)::int)) order by id for key share
      )
      insert into deliveries (id, event_id, webhook_id, is_resend, body, state, refusal, position, finished_at)
      select id, event_id, webhook_id, true, body, state, refusal, nextval('order_events_seq_seq'),
             case when state = 'failed' then now() end
      from json_to_recordset(${JSON.stringify(resends)}::json)
        as x(id uuid, event_id text, webhook_id int, body text, state text, refusal json)
      where webhook_id = any(array(select id from present))
      returning id`,
    tx,
  );
  return new Set(stored.map(({ id }) => id));
}

/** Whether there is or was a delivery of the event to the webhook. */
export async function hasDelivery(input: { eventId: string; webhookId: number }): Promise<boolean> {
  const found = await rows(sql`
    (select 1 from deliveries
     where event_id = ${input.eventId} and webhook_id = ${input.webhookId}::int and not is_resend limit 1)
    union all
    (select 1 from deliveries
     where event_id = ${input.eventId} and webhook_id = ${input.webhookId}::int and is_resend limit 1)`);
  return found.length > 0;
}

export type Undelivered = { seq: number; event_id: string; webhook_id: number };

/**
 * The events of an order whose last delivery to a webhook that still exists failed or was cancelled, as they were
 * accepted, after the one given.
 */
export function undeliveredOfOrder(input: {
  orderId: number | null;
  externalId: string | null;
  after: Pick<Undelivered, "seq" | "webhook_id"> | null;
  limit: number;
}): Promise<Undelivered[]> {
  const { orderId, externalId, after, limit } = input;
  const { seq, webhook_id } = after ?? { seq: 0, webhook_id: 0 };
  return rows<Undelivered>(sql`
    select e.seq::float8 as seq, e.id as event_id, last.webhook_id
    from (${eventsOfOrder({ orderId, externalId })}) own
    join order_events e on e.seq = own.seq
    cross join lateral (
      select distinct on (webhook_id) webhook_id, state from (
        select webhook_id, state, is_resend, id from deliveries where event_id = e.id and not is_resend
        union all
        select webhook_id, state, is_resend, id from deliveries where event_id = e.id and is_resend
      ) d order by webhook_id, is_resend desc, id desc
    ) last
    join outgoing_webhooks w on w.id = last.webhook_id
    where last.state in ('failed', 'cancelled')
      and (e.seq, last.webhook_id) > (${seq}::bigint, ${webhook_id}::int)
    order by e.seq, last.webhook_id limit ${limit}::int`);
}

export type FailedDelivery = { id: string; event_id: string };

/** Which failed deliveries: those made in [since, until], of one event name or one order where that is given. */
export type FailedFilter = {
  since: Date;
  until: Date;
  eventName?: string | undefined;
  orderId?: number | undefined;
  orderExternalId?: string | undefined;
  orders?: OrderKeys | undefined;
};

/**
 * Failed deliveries of a webhook, oldest first, after the one given; an event that failed more than once
 * counts once, and one that got through since counts no more.
 */
export function failedDeliveries(
  input: FailedFilter & { webhookId: number; afterId: string | null; limit: number },
): Promise<FailedDelivery[]> {
  return rows<FailedDelivery>(sql`
    select d.id, d.event_id from deliveries d
    where d.webhook_id = ${input.webhookId} and ${failedConditions(input)}
      and d.id > ${input.afterId ?? "00000000-0000-0000-0000-000000000000"}::uuid
    order by d.id limit ${input.limit}`);
}

export type FailedCount = { webhook_id: number; webhook_name: string; is_active: boolean; count: number };

/** How many `failedDeliveries` each webhook has, counted up to `limit`; webhooks without any are left out. */
export function countFailedDeliveries(
  input: FailedFilter & { webhookId?: number | undefined; limit: number },
): Promise<FailedCount[]> {
  const webhook = input.webhookId === undefined ? sql`true` : sql`w.id = ${input.webhookId}::int`;
  return rows<FailedCount>(sql`
    select w.id as webhook_id, w.name as webhook_name, w.is_active, failed.count
    from outgoing_webhooks w
    cross join lateral (
      select count(*)::int as count from (
        select 1 from deliveries d where d.webhook_id = w.id and ${failedConditions(input)}
        limit ${input.limit}::int) counted
    ) failed
    where ${webhook} and failed.count > 0
    order by failed.count desc, w.id`);
}

// Whatever was made after a delivery of the same event to the same webhook is a resend of it.
function failedConditions({ since, until, ...event }: FailedFilter): SQL {
  return sql`d.state = 'failed'
      and d.created_at >= ${since.toISOString()}::timestamptz
      and d.created_at <= ${until.toISOString()}::timestamptz
      and not exists (
        select 1 from deliveries later
        where later.is_resend and later.event_id = d.event_id and later.webhook_id = d.webhook_id
          and later.id > d.id)
      and ${eventCondition(event)}`;
}

function eventCondition(filter: Omit<FailedFilter, "since" | "until">): SQL {
  const { eventName, orderId, orderExternalId, orders } = filter;
  const conditions = [
    ...(eventName === undefined ? [] : [sql`e.name = ${eventName}::text`]),
    ...(orderId === undefined ? [] : [sql`e.order_id = ${orderId}::bigint`]),
    ...(orderExternalId === undefined ? [] : [sql`e.order_external_id = ${orderExternalId}::text`]),
    ...(orders ? [sql`e.id in (${rowsOfOrders({ table: "order_events", orders })})`] : []),
  ];
  if (conditions.length === 0) return sql`true`;
  return sql`exists (
        select 1 from order_events e where e.id = d.event_id and ${sql.join(conditions, sql` and `)})`;
}

/** The event and webhook of an attempt, for a resend; event_id is null for a test. */
export async function findAttemptOrigin(
  logId: number,
): Promise<{ event_id: string | null; webhook_id: number } | null> {
  const [origin] = await rows<{ event_id: string | null; webhook_id: number }>(sql`
    select event_id, webhook_id from outgoing_webhook_logs where id = ${logId}`);
  return origin ?? null;
}
