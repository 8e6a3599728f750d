import { sql } from "drizzle-orm";
import { rows } from "@/db/client";

export type StoredOrderEvent = { id: string; name: string; data: string; matched_revision: number | null };

/** Accepted events by id, in no order; ids that are unknown or rejected are left out. */
export function findOrderEvents(ids: string[]): Promise<StoredOrderEvent[]> {
  return rows<StoredOrderEvent>(sql`
    select id, name, data, matched_revision::int as matched_revision from order_events
    where id in (select json_array_elements_text(${JSON.stringify(ids)}::json)) and state = 'accepted'`);
}

export type NewDelivery = {
  id: string;
  event_id: string;
  webhook_id: number;
  state: "pending" | "failed";
  reason: string | null;
  body: string;
};

/**
 * Stores the deliveries of events and marks these as matched under `revision`, in one statement: an event
 * is matched once. A webhook deleted meanwhile gets none.
 */
export async function insertDeliveries(input: {
  deliveries: NewDelivery[];
  eventIds: string[];
  revision: number;
}): Promise<void> {
  await rows(sql`
    with present as (
      select id from outgoing_webhooks
      where id in (select webhook_id from json_to_recordset(${JSON.stringify(input.deliveries.map(({ webhook_id }) => ({ webhook_id })))}::json) as x(webhook_id int))
      for key share
    ), inserted as (
      insert into deliveries (id, event_id, webhook_id, state, reason, body, finished_at)
      select x.id, x.event_id, x.webhook_id, x.state, x.reason, x.body, case when x.state = 'failed' then now() end
      from json_to_recordset(${JSON.stringify(input.deliveries)}::json) as x(
        id uuid, event_id text, webhook_id int, state text, reason text, body text)
      join present on present.id = x.webhook_id
      on conflict (event_id, webhook_id) where not is_resend do nothing
    )
    update order_events set matched_revision = ${input.revision}
    where id in (select json_array_elements_text(${JSON.stringify(input.eventIds)}::json))`);
}

export type PendingDelivery = { id: string; event_id: string; webhook_id: number };

/** The first deliveries of events that still have to be sent; resends start their own. */
export function findPendingDeliveries(eventIds: string[]): Promise<PendingDelivery[]> {
  return rows<PendingDelivery>(sql`
    select id, event_id, webhook_id from deliveries
    where event_id in (select json_array_elements_text(${JSON.stringify(eventIds)}::json))
      and not is_resend and state = 'pending'`);
}
