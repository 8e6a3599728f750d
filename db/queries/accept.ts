import { sql } from "drizzle-orm";
import { prepared, rows } from "@/db/client";

export type NewOrderEvent = {
  id: string;
  name: string;
  ts: string | null;
  data: string;
  state: "accepted" | "rejected";
  reason: string | null;
  order_id: number | null;
  order_external_id: string | null;
  readable_number: string | null;
  customer_phone: string | null;
  order_status: string | null;
};

/** Where the embedded engine starts a run for each accepted event; null under Inngest, which has its own. */
export type StartRuns = { function: string; lane: string; eventName: string };

/**
 * Stores order events whose ids are distinct and starts a run for each accepted one, in one statement.
 * A known id is left alone, but one that was rejected is replaced: its sender has corrected it.
 * Returns the ids that were stored now and accepted.
 */
export async function insertOrderEvents(
  events: NewOrderEvent[],
  start: StartRuns | null,
): Promise<Set<string>> {
  const stored = await prepared<{ id: string; state: string }>({
    name: "insert-order-events",
    text: INSERT_ORDER_EVENTS,
    values: [JSON.stringify(events), start?.function ?? null, start?.lane ?? null, start?.eventName ?? null],
  });
  return new Set(stored.filter((row) => row.state === "accepted").map((row) => row.id));
}

const INSERT_ORDER_EVENTS = `
  with stored as (
    insert into order_events (id, name, ts, data, state, reason, order_id, order_external_id,
                              readable_number, customer_phone, order_status)
    select * from json_to_recordset($1::json) as input(
      id text, name text, ts timestamptz, data text, state text, reason text, order_id bigint,
      order_external_id text, readable_number text, customer_phone text, order_status text)
    on conflict (id) do update set
      name = excluded.name, ts = excluded.ts, data = excluded.data, state = excluded.state,
      reason = excluded.reason, order_id = excluded.order_id, order_external_id = excluded.order_external_id,
      readable_number = excluded.readable_number, customer_phone = excluded.customer_phone,
      order_status = excluded.order_status, received_at = now()
      where order_events.state = 'rejected'
    returning id, state
  ), started as (
    insert into runs (id, function, lane, event, due_at)
    select $2::text || '/' || id, $2::text, $3::text,
           json_build_object('name', $4::text, 'data', json_build_object('event_id', id)), now()
    from stored where state = 'accepted' and $2::text is not null
    on conflict (id) do nothing
  )
  select id, state from stored`;

/** An event that the product itself cannot dispatch: kept, shown with the reason, sent nowhere. */
export async function rejectOrderEvent({ id, reason }: { id: string; reason: string }): Promise<void> {
  await rows(sql`update order_events set state = 'rejected', reason = ${reason} where id = ${id}`);
}
