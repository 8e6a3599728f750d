import { prepared } from "@/db/client";
import { anyOf, recordset } from "@/db/recordset";

export type StoredOrderEvent = { id: string; name: string; data: string; matched_revision: number | null };

/** Accepted events by id, in no order; ids that are unknown or rejected are left out. */
export function findOrderEvents(ids: string[]): Promise<StoredOrderEvent[]> {
  return prepared<StoredOrderEvent>({
    name: "find-order-events",
    text: `
      select id, name, data, matched_revision::float8 as matched_revision from order_events
      where id = ${anyOf("$1::text[]")} and state = 'accepted'`,
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
    values: [input.eventIds, input.revision, ...newDeliveries.values(input.deliveries)],
  });
  return stored?.count ?? 0;
}

const NEW_DELIVERIES = recordset<NewDelivery>({
  id: "uuid",
  event_id: "text",
  webhook_id: "int",
  state: "text",
  reason: "text",
  body: "text",
});

/**
 * The part of a statement that stores new deliveries, once for an event and a webhook, as `inserted`: a webhook
 * deleted meanwhile gets none. `condition` chooses among them, as `x`.
 */
export const newDeliveries = {
  sql: ({ firstParameter, condition }: { firstParameter: number; condition: string }) => `
  present as materialized (
    select id from outgoing_webhooks where id = ${anyOf(`$${firstParameter}::int[]`)} order by id for key share
  ), inserted as (
    insert into deliveries (id, event_id, webhook_id, state, reason, body, finished_at)
    select x.id, x.event_id, x.webhook_id, x.state, x.reason, x.body, case when x.state = 'failed' then now() end
    from ${NEW_DELIVERIES.sql(firstParameter + 1)} as x
    where x.webhook_id = any(array(select id from present)) and ${condition}
    on conflict (event_id, webhook_id) where not is_resend do nothing
    returning 1
  )`,
  values: (deliveries: NewDelivery[]): unknown[] => [
    [...new Set(deliveries.map((delivery) => delivery.webhook_id))],
    ...NEW_DELIVERIES.values(deliveries),
  ],
};

const INSERT_DELIVERIES = `
  with ${newDeliveries.sql({ firstParameter: 3, condition: "true" })}, matched as (
    update order_events set matched_revision = $2::bigint where id = ${anyOf("$1::text[]")}
  )
  select count(*)::int as count from inserted`;

export type UnsentDelivery = { id: string; event_id: string; webhook_id: number };

/** The first deliveries of events that still have to be sent; resends start their own. */
export function findPendingDeliveries(eventIds: string[]): Promise<UnsentDelivery[]> {
  return prepared<UnsentDelivery>({
    name: "find-pending-deliveries",
    text: `
      select id, event_id, webhook_id from deliveries
      where event_id = ${anyOf("$1::text[]")} and not is_resend and state = 'pending'`,
    values: [eventIds],
  });
}
