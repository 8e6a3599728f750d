import { type SQL, sql } from "drizzle-orm";

/** The events of the order of `own`, a row of `order_events`, itself among them: as `lineOf` tells orders apart. */
export function eventsOfSameOrder(own: SQL): SQL {
  return sql`(
    select o.* from order_events o where o.order_id = ${own}.order_id
    union all
    select o.* from order_events o
    where ${own}.order_id is null and o.order_id is null and o.order_external_id = ${own}.order_external_id
    union all
    select o.* from order_events o
    where ${own}.order_id is null and ${own}.order_external_id is null and o.id = ${own}.id)`;
}

/** Whether a row of `deliveries` has an earlier pending one of its order before it, at a webhook that keeps the order. */
export function isBehind(delivery: SQL): SQL {
  return sql`exists (
    select from outgoing_webhooks w
    join order_events own on own.id = ${delivery}.event_id
    cross join lateral ${eventsOfSameOrder(sql`own`)} as other
    cross join lateral ${pendingOf({ event: sql`other`, webhookId: sql`w.id` })} as earlier
    where w.id = ${delivery}.webhook_id and w.ordered
      and (earlier.position, earlier.id) < (${delivery}.position, ${delivery}.id))`;
}

/** Whether the orders of a row of `outgoing_webhooks` wait for the end of a person's pause. */
export function isHeldByPerson(webhook: SQL): SQL {
  return sql`coalesce((${webhook}.pause ->> 'holds_orders')::boolean, false)`;
}

/** The pending deliveries of an event to a webhook, in two halves: first ones and resends have an index each. */
export function pendingOf({ event, webhookId }: { event: SQL; webhookId: SQL }): SQL {
  return sql`(
    select id, position from deliveries
    where event_id = ${event}.id and webhook_id = ${webhookId} and not is_resend and state = 'pending'
    union all
    select id, position from deliveries
    where event_id = ${event}.id and webhook_id = ${webhookId} and is_resend and state = 'pending')`;
}
