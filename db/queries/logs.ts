import { type SQL, sql } from "drizzle-orm";
import { rows } from "@/db/client";
import { ATTEMPT_FAULT, type StoredRefusal } from "@/db/stored-refusal";
import { utc } from "@/db/utc";
import { type OrderKeys, rowsOfOrders } from "./order-keys";

export type AttemptFilter = {
  webhookId?: number | undefined;
  success?: boolean | undefined;
  orderId?: number | undefined;
  orderExternalId?: string | undefined;
  orders?: OrderKeys | undefined;
  eventType?: string | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
};

export type AttemptRow = {
  id: number;
  webhook_id: number;
  webhook_name: string;
  delivery_id: string | null;
  event_id: string | null;
  order_id: number | null;
  order_external_id: string | null;
  event_type: string;
  attempt_number: number;
  request_url: string;
  request_method: string;
  response_status: number | null;
  duration_ms: number;
  success: boolean;
  error_code: string | null;
  fault: StoredRefusal | null;
  created_at: string;
};

export type AttemptDetailRow = AttemptRow & {
  request_headers: Record<string, string>;
  request_body: string | null;
  response_headers: Record<string, string> | null;
  response_body: string | null;
};

const COLUMNS = sql.raw(`
  l.id::float8 as id, l.webhook_id, w.name as webhook_name, l.delivery_id, l.event_id,
  l.order_id::float8 as order_id, l.order_external_id, l.event_type, l.attempt_number, l.request_url,
  l.request_method, l.response_status, l.duration_ms, l.success, l.error_code,
  ${ATTEMPT_FAULT} as fault,
  ${utc("l.created_at")} as created_at`);

type Page = {
  filter: AttemptFilter;
  beforeId?: number | undefined;
  afterId?: number | undefined;
  eventTypes: readonly string[];
  limit: number;
  /** Oldest first instead of newest first. */
  isAscending?: boolean;
};

/** Attempts with ids between `afterId` and `beforeId`, newest first unless told otherwise. `eventTypes` are all that the log can hold. */
export async function selectAttempts(page: Page): Promise<AttemptRow[]> {
  return rows<AttemptRow>(await attemptsQuery(page));
}

/** The statement of `selectAttempts`, whose plan is tested. */
export async function attemptsQuery(asked: Page): Promise<SQL> {
  const page = await boundById(asked);
  return sql`
    select ${COLUMNS}
    from (${pageIds(page)}) page
    join outgoing_webhook_logs l on l.id = page.id
    join outgoing_webhooks w on w.id = l.webhook_id
    order by l.id ${direction(page)}`;
}

/** One attempt with headers and bodies; the body of a delivery is kept with the delivery. */
export async function selectAttempt(id: number): Promise<AttemptDetailRow | null> {
  const [found] = await rows<AttemptDetailRow>(sql`
    select ${COLUMNS}, l.request_headers, coalesce(l.request_body, d.body) as request_body,
           l.response_headers, l.response_body
    from outgoing_webhook_logs l
    join outgoing_webhooks w on w.id = l.webhook_id
    left join deliveries d on d.id = l.delivery_id
    where l.id = ${id}::bigint`);
  return found ?? null;
}

function pageIds(page: Page): SQL {
  const { webhookId, success, eventType, orderId, orderExternalId, orders } = page.filter;
  if (orderId !== undefined || orderExternalId !== undefined || orders) return filteredIds(page);
  const isMerged = webhookId !== undefined || success !== undefined || eventType !== undefined;
  return isMerged ? mergedIds(page) : filteredIds(page);
}

/** One pass along the ids, for no filter but time, or for the few rows of an order by its index. */
function filteredIds({ filter, beforeId, afterId, limit, ...page }: Page): SQL {
  const conditions = [
    // The log of a webhook that was deleted is purged later than its webhook.
    sql`exists (select 1 from outgoing_webhooks w where w.id = l.webhook_id)`,
    ...(filter.orderId === undefined ? [] : [sql`l.order_id = ${filter.orderId}::bigint`]),
    ...(filter.orderExternalId === undefined
      ? []
      : [sql`l.order_external_id = ${filter.orderExternalId}::text`]),
    ...(filter.webhookId === undefined ? [] : [sql`l.webhook_id = ${filter.webhookId}::int`]),
    ...(filter.success === undefined ? [] : [sql`l.success = ${filter.success}::boolean`]),
    ...(filter.eventType === undefined ? [] : [sql`l.event_type = ${filter.eventType}::text`]),
    ...(afterId === undefined ? [] : [sql`l.id > ${afterId}::bigint`]),
    ...(beforeId === undefined ? [] : [sql`l.id < ${beforeId}::bigint`]),
    ...timeConditions(filter),
  ];
  const log = filter.orders
    ? // Materialized, or the planner walks the whole log by id where it expects many rows.
      sql`(with of_orders as materialized (
             ${rowsOfOrders({ table: "outgoing_webhook_logs", orders: filter.orders })}
           ) select l.* from of_orders join outgoing_webhook_logs l on l.id = of_orders.id)`
    : sql`outgoing_webhook_logs`;
  return sql`
    select l.id from ${log} l
    where ${sql.join(conditions, sql` and `)}
    order by l.id ${direction(page)} limit ${limit}::int`;
}

function direction({ isAscending = false }: Pick<Page, "isAscending">): SQL {
  return sql.raw(isAscending ? "asc" : "desc");
}

/**
 * The index logs_filter holds one run, sorted by id, for each (webhook, event type, success). The newest of
 * every run that the filter lets through are merged, so that a filter with few matches or none is as quick
 * as one with many. `id + 0` is the index's own last column; by `id` the planner would walk the whole table.
 */
function mergedIds({ filter, beforeId, afterId, eventTypes, limit, ...page }: Page): SQL {
  const types = filter.eventType === undefined ? eventTypes : [filter.eventType];
  const outcomes = filter.success === undefined ? [true, false] : [filter.success];
  const webhook = filter.webhookId === undefined ? sql`true` : sql`id = ${filter.webhookId}::int`;
  const conditions = [
    sql`l.webhook_id = w.id and l.event_type = t.event_type and l.success = s.success`,
    ...(afterId === undefined ? [] : [sql`l.id + 0 > ${afterId}::bigint`]),
    ...(beforeId === undefined ? [] : [sql`l.id + 0 < ${beforeId}::bigint`]),
    ...timeConditions(filter),
  ];
  return sql`
    select newest.id
    from (select id from outgoing_webhooks where ${webhook}) w
    cross join (values ${sql.join(
      types.map((type) => sql`(${type}::text)`),
      sql`, `,
    )}) t(event_type)
    cross join (values ${sql.join(
      outcomes.map((outcome) => sql`(${outcome}::boolean)`),
      sql`, `,
    )}) s(success)
    cross join lateral (
      select l.id from outgoing_webhook_logs l
      where ${sql.join(conditions, sql` and `)}
      order by l.id + 0 ${direction(page)} limit ${limit}::int
    ) newest
    order by newest.id ${direction(page)} limit ${limit}::int`;
}

// A row is written seconds after created_at, the moment of its request; within this much, ids follow time.
const SLACK = sql.raw("interval '1 hour'");

/**
 * Time is bounded by id too, so that a page from long ago does not read all that came since. The ids are read
 * first: the planner must know them to choose well.
 */
async function boundById(page: Page): Promise<Page> {
  const { since, until } = page.filter;
  if (!since && !until) return page;
  const [bounds] = await rows<{ above: number | null; below: number | null }>(sql`
    select
      (select id::float8 from outgoing_webhook_logs
       where created_at < ${since?.toISOString() ?? null}::timestamptz - ${SLACK}
       order by created_at desc limit 1) as above,
      (select id::float8 from outgoing_webhook_logs
       where created_at > ${until?.toISOString() ?? null}::timestamptz + ${SLACK}
       order by created_at limit 1) as below`);
  const above = Math.max(page.afterId ?? 0, bounds?.above ?? 0);
  const below = Math.min(page.beforeId ?? Number.MAX_SAFE_INTEGER, bounds?.below ?? Number.MAX_SAFE_INTEGER);
  return {
    ...page,
    afterId: above === 0 ? undefined : above,
    beforeId: below === Number.MAX_SAFE_INTEGER ? undefined : below,
  };
}

/** The ids say nearly the same: in a `case` the planner does not count it twice and expect next to nothing. */
function timeConditions({ since, until }: AttemptFilter): SQL[] {
  const conditions = [
    ...(since ? [sql`l.created_at >= ${since.toISOString()}::timestamptz`] : []),
    // Answers show whole milliseconds; the one shown is meant with all its microseconds.
    ...(until ? [sql`l.created_at < ${until.toISOString()}::timestamptz + interval '1 millisecond'`] : []),
  ];
  return conditions.length === 0 ? [] : [sql`case when ${sql.join(conditions, sql` and `)} then true end`];
}
