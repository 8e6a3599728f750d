import { type SQL, sql } from "drizzle-orm";
import { rows } from "@/db/client";
import { ORDER_EVENT_COLUMNS, type OrderEventDetailRow, type RevisionRow } from "@/db/queries/order-events";

type OrderIds = { orderId: number | null; externalId: string | null };

/**
 * The `seq` of one order's events: those with its external id, and where either side lacks that, those with its id.
 * With a limit at least as many of the newest ones as that.
 */
export function eventsOfOrder({ orderId, externalId, limit }: OrderIds & { limit?: number }): SQL {
  const alike = externalId === null ? sql`true` : sql`e.order_external_id is null`;
  const newest = limit === undefined ? sql`` : sql`order by e.seq desc limit ${limit}::int`;
  return sql`
    (select e.seq from order_events e where e.order_external_id = ${externalId}::text ${newest})
    union
    (select e.seq from order_events e where e.order_id = ${orderId}::bigint and ${alike} ${newest})`;
}

/** The newest events of one order up to `limit`, newest first. */
export function selectEventsOfOrder(input: OrderIds & { limit: number }): Promise<OrderEventDetailRow[]> {
  return rows<OrderEventDetailRow>(sql`
    select ${ORDER_EVENT_COLUMNS}, e.data, e.matched_revision::float8 as matched_revision
    from (
      select seq from (${eventsOfOrder(input)}) own order by seq desc limit ${input.limit}::int
    ) newest
    join order_events e on e.seq = newest.seq
    order by e.seq desc`);
}

/** `selectRevisionsAt` for several revisions in one go. */
export function selectRevisionsAtEach(revisions: number[]): Promise<(RevisionRow & { revision: number })[]> {
  return rows<RevisionRow & { revision: number }>(sql`
    select at.revision::float8 as revision, r.webhook_id, r.config, w.id is null as is_deleted_since
    from (select json_array_elements_text(${JSON.stringify(revisions)}::json)::bigint as revision) at
    cross join lateral (
      select distinct on (webhook_id) webhook_id, config, is_deleted from webhook_revisions
      where seq <= at.revision order by webhook_id, seq desc
    ) r
    left join outgoing_webhooks w on w.id = r.webhook_id
    where not r.is_deleted order by at.revision, r.webhook_id`);
}
