import { sql } from "drizzle-orm";
import { rows } from "@/db/client";
import type { StoredFlow } from "@/db/stored-flow";
import { eventsOfSameOrder, pendingOf } from "./lines";

export type WaitRow = {
  delivery_id: string;
  /** The event of the delivery that comes first in its line; null when that is itself. */
  behind_event: string | null;
  flow: StoredFlow | null;
};

/** What holds up deliveries that are pending: an earlier one of their order, or their webhook. */
export function selectWaits(deliveryIds: string[]): Promise<WaitRow[]> {
  return rows<WaitRow>(sql`
    select d.id as delivery_id, first.event_name as behind_event, s.flow
    from deliveries d
    join outgoing_webhooks w on w.id = d.webhook_id
    left join webhook_stats s on s.webhook_id = d.webhook_id
    left join lateral (
      select other.name as event_name from order_events own
      cross join lateral ${eventsOfSameOrder(sql`own`)} as other
      cross join lateral ${pendingOf({ event: sql`other`, webhookId: sql`w.id` })} as earlier
      where w.ordered and own.id = d.event_id and (earlier.position, earlier.id) < (d.position, d.id)
      order by earlier.position, earlier.id limit 1
    ) first on true
    where d.id = any(array(select json_array_elements_text(${JSON.stringify(deliveryIds)}::json)::uuid))
      and d.state = 'pending'`);
}
