import { type SQL, sql } from "drizzle-orm";
import { rows } from "@/db/client";

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

/** Whether a row of `deliveries` waits for its webhook to come up, where it is not the one that probes. */
export function waitsForWebhook(delivery: SQL): SQL {
  return sql`exists (
    select from webhook_stats s
    where s.webhook_id = ${delivery}.webhook_id and s.flow ->> 'down_since' is not null
      and ${delivery}.id <> (
        select oldest.id from deliveries oldest
        where oldest.webhook_id = ${delivery}.webhook_id and oldest.state = 'pending'
        order by oldest.position, oldest.id limit 1))`;
}

/** Whether the webhook of a row of `deliveries` sends nothing now: it is paused, or down between two probes. */
export function isHeldNow(delivery: SQL): SQL {
  return sql`(exists (
    select from webhook_stats s
    where s.webhook_id = ${delivery}.webhook_id and s.flow is not null
      and greatest((s.flow ->> 'paused_until')::float8, (s.flow ->> 'next_probe_at')::float8)
        > extract(epoch from now()) * 1000)
    or exists (
      select from outgoing_webhooks w where w.id = ${delivery}.webhook_id and ${isHeldByPerson(sql`w`)}))`;
}

/** Whether the orders of a row of `outgoing_webhooks` wait for the end of a person's pause. */
export function isHeldByPerson(webhook: SQL): SQL {
  return sql`coalesce((${webhook}.pause ->> 'holds_orders')::boolean, false)`;
}

/**
 * The pending delivery that comes first in the line of this one, null when none is: of the same order to the same
 * webhook, where that keeps its orders in order. `hasEnded` is whether this one waits no more.
 */
export async function findLine(deliveryId: string): Promise<{ first: string | null; hasEnded: boolean }> {
  const [first] = await rows<{ id: string; has_ended: boolean }>(sql`
    select line.id, d.state <> 'pending' as has_ended from deliveries d
    join outgoing_webhooks w on w.id = d.webhook_id
    join order_events own on own.id = d.event_id
    cross join lateral ${eventsOfSameOrder(sql`own`)} as other
    cross join lateral ${pendingOf({ event: sql`other`, webhookId: sql`w.id` })} as line
    where d.id = ${deliveryId}::uuid and (w.ordered or line.id = d.id)
    order by line.position, line.id limit 1`);
  return { first: first?.id ?? null, hasEnded: first?.has_ended ?? true };
}

/** The oldest pending delivery of a webhook, which is the one that probes while it is down. Null when none is. */
export async function findOldestPending(webhookId: number): Promise<string | null> {
  const [oldest] = await rows<{ id: string }>(sql`
    select id from deliveries where webhook_id = ${webhookId} and state = 'pending'
    order by position, id limit 1`);
  return oldest?.id ?? null;
}

export type LinePlace = { id: string; position: number };

/** The next pending deliveries of a webhook after `after` that are the first of their lines, oldest first. */
export function findFirstsOfLines(input: {
  webhookId: number;
  after: LinePlace | null;
  limit: number;
}): Promise<LinePlace[]> {
  const { position, id } = input.after ?? { position: -1, id: "00000000-0000-0000-0000-000000000000" };
  return rows<LinePlace>(sql`
    select d.id, d.position::float8 as position from deliveries d
    where d.webhook_id = ${input.webhookId} and d.state = 'pending'
      and (d.position, d.id) > (${position}::bigint, ${id}::uuid) and not ${isBehind(sql`d`)}
    order by d.position, d.id limit ${input.limit}`);
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
