import { prepared } from "@/db/client";

export type StoredOrderEvent = { id: string; name: string; data: string; matched_revision: number | null };

/** Accepted events by id, in no order; ids that are unknown or rejected are left out. */
export function findOrderEvents(ids: string[]): Promise<StoredOrderEvent[]> {
  return prepared<StoredOrderEvent>({
    name: "find-order-events",
    text: `
      select id, name, data, matched_revision::float8 as matched_revision from order_events
      where id = any($1::text[]) and state = 'accepted'`,
    values: [ids],
  });
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
 * is matched once. A webhook deleted meanwhile gets none. Returns how many were new.
 */
export async function insertDeliveries(input: {
  deliveries: NewDelivery[];
  eventIds: string[];
  revision: number;
}): Promise<number> {
  const [stored] = await prepared<{ count: number }>({
    name: "insert-deliveries",
    text: INSERT_DELIVERIES,
    values: [
      JSON.stringify(input.deliveries),
      [...new Set(input.deliveries.map((delivery) => delivery.webhook_id))],
      input.eventIds,
      input.revision,
    ],
  });
  return stored?.count ?? 0;
}

const INSERT_DELIVERIES = `
  with present as materialized (
    select id from outgoing_webhooks where id = any($2::int[]) order by id for key share
  ), inserted as (
    insert into deliveries (id, event_id, webhook_id, state, reason, body, finished_at)
    select x.id, x.event_id, x.webhook_id, x.state, x.reason, x.body, case when x.state = 'failed' then now() end
    from json_to_recordset($1::json) as x(
      id uuid, event_id text, webhook_id int, state text, reason text, body text)
    join present on present.id = x.webhook_id
    on conflict (event_id, webhook_id) where not is_resend do nothing
    returning 1
  ), matched as (
    update order_events set matched_revision = $4::bigint where id = any($3::text[])
  )
  select count(*)::int as count from inserted`;

export type UnsentDelivery = { id: string; event_id: string; webhook_id: number };

/** The first deliveries of events that still have to be sent; resends start their own. */
export function findPendingDeliveries(eventIds: string[]): Promise<UnsentDelivery[]> {
  return prepared<UnsentDelivery>({
    name: "find-pending-deliveries",
    text: `
      select id, event_id, webhook_id from deliveries
      where event_id = any($1::text[]) and not is_resend and state = 'pending'`,
    values: [eventIds],
  });
}
