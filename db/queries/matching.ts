import { sql } from "drizzle-orm";
import { prepared, rows } from "@/db/client";
import { anyOf, recordset } from "@/db/recordset";
import type { StoredRefusal } from "@/db/stored-refusal";
import { utc } from "@/db/utc";
import { eventsOfSameOrder } from "./lines";

/** An accepted order event as it is kept; `seq` is its place among all that were accepted. */
export type StoredOrderEvent = {
  id: string;
  seq: number;
  name: string;
  data: string;
  event_time: string;
  matched_revision: number | null;
};

const COLUMNS = `
  id, seq::float8 as seq, name, data, matched_revision::float8 as matched_revision,
  ${utc("coalesce(ts, received_at)")} as event_time`;

/** Accepted events by id, in no order; ids that are unknown or rejected are left out. */
export function findOrderEvents(ids: string[]): Promise<StoredOrderEvent[]> {
  return prepared<StoredOrderEvent>({
    name: "find-order-events",
    text: `select ${COLUMNS} from order_events where id = ${anyOf("$1::text[]")} and state = 'accepted'`,
    values: [ids],
  });
}

/** The first events that are still to be matched, in the order they were accepted: at least one, then up to `maxBytes`. */
export function findUnmatchedEvents(input: { limit: number; maxBytes: number }): Promise<StoredOrderEvent[]> {
  return prepared<StoredOrderEvent>({
    name: "find-unmatched-events",
    text: `
      select ${COLUMNS} from (
        select *, sum(octet_length(data)) over (order by seq rows unbounded preceding) as bytes,
               row_number() over (order by seq) as number
        from (
          select * from order_events where state = 'accepted' and matched_revision is null order by seq limit $1
        ) as first
      ) as unmatched
      where number = 1 or bytes <= $2
      order by unmatched.seq`,
    values: [input.limit, input.maxBytes],
  });
}

/** An event that is to be matched, and the unmatched ones of the same order that came before it, oldest first. */
export function findUnmatchedOfOrder(eventId: string): Promise<StoredOrderEvent[]> {
  return rows<StoredOrderEvent>(sql`
    select ${sql.raw(COLUMNS)} from (
      select other.* from order_events own cross join lateral ${eventsOfSameOrder(sql`own`)} as other
      where own.id = ${eventId} and other.state = 'accepted' and other.matched_revision is null
        and other.seq <= own.seq
    ) as unmatched
    order by unmatched.seq`);
}

/** `position` is null where the statement knows it: that of the event which it stores along. */
export type NewDelivery = {
  id: string;
  event_id: string;
  webhook_id: number;
  state: "pending" | "failed";
  refusal: StoredRefusal | null;
  body: string;
  position: number | null;
};

/**
 * Stores deliveries, once for an event and a webhook, and marks `matchedIds` as matched under `revision`. A webhook
 * deleted meanwhile gets none. Returns how many were new.
 */
export async function insertDeliveries(input: {
  deliveries: NewDelivery[];
  matchedIds: string[];
  revision: number;
}): Promise<number> {
  const [stored] = await prepared<{ count: number }>({
    name: "insert-deliveries",
    text: INSERT_DELIVERIES,
    values: [input.matchedIds, input.revision, ...newDeliveries.values(input.deliveries)],
  });
  return stored?.count ?? 0;
}

const NEW_DELIVERIES = recordset<NewDelivery>({
  id: "uuid",
  event_id: "text",
  webhook_id: "int",
  state: "text",
  refusal: "json",
  body: "text",
  position: "bigint",
});

/** The part of a statement that stores new deliveries as `inserted`; `position` is an expression over `x`, null for none. */
export const newDeliveries = {
  sql: ({ firstParameter, position }: { firstParameter: number; position: string }) => `
  present as materialized (
    select id from outgoing_webhooks where id = ${anyOf(`$${firstParameter}::int[]`)} order by id for key share
  ), inserted as (
    insert into deliveries (id, event_id, webhook_id, state, refusal, body, position, finished_at)
    select id, event_id, webhook_id, state, refusal, body, position, case when state = 'failed' then now() end
    from (select x.id, event_id, webhook_id, state, refusal, body, ${position} as position
          from ${NEW_DELIVERIES.sql(firstParameter + 1)} as x) as placed
    where webhook_id = any(array(select id from present)) and position is not null
    on conflict (event_id, webhook_id) where not is_resend do nothing
    returning 1
  )`,
  values: (deliveries: NewDelivery[]): unknown[] => [
    [...new Set(deliveries.map((delivery) => delivery.webhook_id))],
    ...NEW_DELIVERIES.values(deliveries),
  ],
};

const INSERT_DELIVERIES = `
  with ${newDeliveries.sql({ firstParameter: 3, position: "x.position" })}, matched as (
    update order_events set matched_revision = $2::bigint where id = ${anyOf("$1::text[]")}
  )
  select count(*)::int as count from inserted`;

/** The deliveries of events that are pending, resends aside. */
export function findPendingOf(eventIds: string[]): Promise<{ id: string; webhook_id: number }[]> {
  return rows(sql`
    select id, webhook_id from deliveries
    where event_id = any(array(select json_array_elements_text(${JSON.stringify(eventIds)}::json)))
      and not is_resend and state = 'pending'
    order by position`);
}

/** An event that the product itself cannot match: kept, shown with the reason, sent nowhere. */
export async function rejectOrderEvents({
  ids,
  refusal,
}: {
  ids: string[];
  refusal: StoredRefusal;
}): Promise<void> {
  await rows(sql`
    update order_events set state = 'rejected', refusals = ${JSON.stringify([refusal])}::json
    where id = any(${sql.param(ids)}::text[]) and matched_revision is null`);
}
