import { sql } from "drizzle-orm";
import { rows } from "@/db/client";
import type { StoredFlow } from "@/db/stored-flow";
import type { StoredPause } from "@/db/stored-pause";
import { eventsOfSameOrder, pendingOf } from "./lines";

export type WaitRow = {
  delivery_id: string;
  /** The event of the delivery that comes first in its line; null when that is itself. */
  behind_event: string | null;
  flow: StoredFlow | null;
  pause: StoredPause | null;
};

/**
 * What holds up deliveries that are pending: the first of their line, an order's at a webhook, or their webhook. Each
 * line is looked at once, however many of its deliveries are asked for.
 */
export function selectWaits(deliveryIds: string[]): Promise<WaitRow[]> {
  return rows<WaitRow>(sql`
    with asked as materialized (
      select d.id, d.webhook_id, d.event_id, w.ordered, s.flow, w.pause,
             coalesce('id ' || e.order_id, 'external ' || e.order_external_id, e.id) as line
      from deliveries d
      join order_events e on e.id = d.event_id
      join outgoing_webhooks w on w.id = d.webhook_id
      left join webhook_stats s on s.webhook_id = d.webhook_id
      where d.id = any(array(select json_array_elements_text(${JSON.stringify(deliveryIds)}::json)::uuid))
        and d.state = 'pending'
    ), lines as materialized (
      select distinct on (webhook_id, line) webhook_id, line, event_id from asked where ordered
    ), firsts as materialized (
      select lines.webhook_id, lines.line, first.id, first.event_name
      from lines
      join order_events own on own.id = lines.event_id
      cross join lateral (
        select pending.id, other.name as event_name
        from ${eventsOfSameOrder(sql`own`)} as other
        cross join lateral ${pendingOf({ event: sql`other`, webhookId: sql`lines.webhook_id` })} as pending
        order by pending.position, pending.id limit 1
      ) first
    )
    select asked.id as delivery_id, asked.flow, asked.pause, firsts.event_name as behind_event
    from asked
    left join firsts on firsts.webhook_id = asked.webhook_id and firsts.line = asked.line and firsts.id <> asked.id
      and asked.ordered`);
}
