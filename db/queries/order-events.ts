import { type SQL, sql } from "drizzle-orm";
import { rows } from "@/db/client";
import { DELIVERY_REFUSAL, EVENT_REFUSALS, type StoredRefusal } from "@/db/stored-refusal";
import { utc } from "@/db/utc";

export type OrderEventFilter = {
  orderExternalId?: string | undefined;
  name?: string | undefined;
  state?: "accepted" | "rejected" | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
};

export type OrderEventListRow = {
  seq: number;
  id: string;
  name: string;
  ts: string | null;
  state: "accepted" | "rejected";
  /** Why it was rejected; null for an accepted one. */
  refusals: StoredRefusal[] | null;
  order_id: number | null;
  order_external_id: string | null;
  readable_number: string | null;
  order_status: string | null;
  received_at: string;
};

/** `matched_revision` is null until the event was matched against the webhooks. */
export type OrderEventDetailRow = OrderEventListRow & { data: string; matched_revision: number | null };

export const ORDER_EVENT_COLUMNS = sql.raw(`
  e.seq::float8 as seq, e.id, e.name, ${utc("e.ts")} as ts, e.state,
  ${EVENT_REFUSALS} as refusals, e.order_id::float8 as order_id,
  e.order_external_id, e.readable_number, e.order_status, ${utc("e.received_at")} as received_at`);

/** Order events that came in before `beforeSeq`, newest first. */
export function selectOrderEvents({
  filter,
  beforeSeq,
  limit,
}: {
  filter: OrderEventFilter;
  beforeSeq?: number | undefined;
  limit: number;
}): Promise<OrderEventListRow[]> {
  const conditions = [sql`true`, ...fieldConditions(filter), ...timeConditions(filter)];
  if (beforeSeq !== undefined) conditions.push(sql`e.seq < ${beforeSeq}::bigint`);
  return rows<OrderEventListRow>(sql`
    select ${ORDER_EVENT_COLUMNS} from order_events e
    where ${sql.join(conditions, sql` and `)}
    order by e.seq desc limit ${limit}::int`);
}

export async function selectOrderEvent(id: string): Promise<OrderEventDetailRow | null> {
  const [found] = await rows<OrderEventDetailRow>(sql`
    select ${ORDER_EVENT_COLUMNS}, e.data, e.matched_revision::float8 as matched_revision
    from order_events e where e.id = ${id}`);
  return found ?? null;
}

export type OldRejection = { id: string; seq: number; reason: string; data: string };

/** Rejected order events after `afterSeq` of a version that kept the reason as text alone, in the order they came in. */
export function selectOldRejections(input: { afterSeq: number; limit: number }): Promise<OldRejection[]> {
  return rows<OldRejection>(sql`
    select e.id, e.seq::float8 as seq, e.reason, e.data from order_events e
    where e.state = 'rejected' and e.refusals is null and e.reason is not null and e.seq > ${input.afterSeq}::bigint
    order by e.seq limit ${input.limit}::int`);
}

export type Rejection = { id: string; refusals: StoredRefusal[] };

/** Keeps the refusals of rejected order events in place of their reason as text. */
export async function replaceRejections(rejections: Rejection[]): Promise<void> {
  await rows(sql`
    update order_events e set refusals = x.refusals, reason = null
    from json_to_recordset(${JSON.stringify(rejections)}::json) as x(id text, refusals json)
    where e.id = x.id and e.id = any(${sql.param(rejections.map(({ id }) => id))}::text[]) and e.state = 'rejected'`);
}

export type EventDeliveryRow = {
  id: string;
  webhook_id: number;
  webhook_name: string;
  is_resend: boolean;
  state: "pending" | "succeeded" | "failed" | "cancelled";
  refusal: StoredRefusal | null;
  attempts: number;
  next_attempt_at: string | null;
  created_at: string;
  finished_at: string | null;
};

/** The deliveries of an order event to the webhooks that still exist, oldest first. */
export function selectEventDeliveries(eventId: string): Promise<EventDeliveryRow[]> {
  return rows<EventDeliveryRow>(sql`
    select d.id, d.webhook_id, w.name as webhook_name, d.is_resend, d.state,
           ${sql.raw(DELIVERY_REFUSAL)} as refusal, d.attempts,
           ${sql.raw(utc("d.next_attempt_at"))} as next_attempt_at, ${sql.raw(utc("d.created_at"))} as created_at,
           ${sql.raw(utc("d.finished_at"))} as finished_at
    from (
      select * from deliveries where event_id = ${eventId} and not is_resend
      union all
      select * from deliveries where event_id = ${eventId} and is_resend
    ) d join outgoing_webhooks w on w.id = d.webhook_id
    order by d.created_at, d.id`);
}

export type RevisionRow = { webhook_id: number; config: unknown; is_deleted_since: boolean };

/** What decided about matching at a revision, for each webhook there was then, in the order they were made. */
export function selectRevisionsAt(revision: number): Promise<RevisionRow[]> {
  return rows<RevisionRow>(sql`
    select r.webhook_id, r.config, w.id is null as is_deleted_since
    from (
      select distinct on (webhook_id) webhook_id, config, is_deleted from webhook_revisions
      where seq <= ${revision}::bigint order by webhook_id, seq desc
    ) r left join outgoing_webhooks w on w.id = r.webhook_id
    where not r.is_deleted order by r.webhook_id`);
}

function fieldConditions(filter: OrderEventFilter): SQL[] {
  const conditions: SQL[] = [];
  if (filter.orderExternalId !== undefined) {
    conditions.push(sql`e.order_external_id = ${filter.orderExternalId}::text`);
  }
  if (filter.name !== undefined) conditions.push(sql`e.name = ${filter.name}::text`);
  // Written out, so that the partial index of the rejected ones serves.
  if (filter.state === "rejected") conditions.push(sql`e.state = 'rejected'`);
  if (filter.state === "accepted") conditions.push(sql`e.state = 'accepted'`);
  return conditions;
}

// seq is given within moments of received_at; within this much, one follows the other.
const SLACK = sql.raw("interval '1 hour'");

function timeConditions({ since, until }: OrderEventFilter): SQL[] {
  const conditions: SQL[] = [];
  if (since) {
    const time = sql`${since.toISOString()}::timestamptz`;
    conditions.push(sql`e.received_at >= ${time}`);
    conditions.push(sql`e.seq > coalesce((select o.seq from order_events o
      where o.received_at < ${time} - ${SLACK} order by o.received_at desc limit 1), 0)`);
  }
  if (until) {
    const time = sql`${until.toISOString()}::timestamptz`;
    // Answers show whole milliseconds; the one shown is meant with all its microseconds.
    conditions.push(sql`e.received_at < ${time} + interval '1 millisecond'`);
    conditions.push(sql`e.seq < coalesce((select o.seq from order_events o
      where o.received_at > ${time} + ${SLACK} order by o.received_at limit 1), 9223372036854775807)`);
  }
  return conditions;
}
