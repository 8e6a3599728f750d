import { sql } from "drizzle-orm";
import { prepared, rows } from "@/db/client";
import type { NewRun } from "./runs";

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

/** The runs that the embedded engine starts for accepted events, up to `maxEvents` each; null under Inngest. */
export type StartRuns = { function: string; lane: string; eventName: string; maxEvents: number };

/**
 * Stores order events whose ids are distinct and starts runs for the accepted ones, in one statement. A known
 * id is left alone, but one that was rejected is replaced: its sender has corrected it. Returns the ids that
 * were stored now and accepted, in the order of the input, and the runs.
 */
export async function insertOrderEvents(input: {
  events: NewOrderEvent[];
  batchId: string;
  start: StartRuns | null;
}): Promise<{ ids: string[]; runs: NewRun[] }> {
  const { events, batchId, start } = input;
  const stored = await prepared<{ id: string; run_id: string | null }>({
    name: "insert-order-events",
    text: INSERT_ORDER_EVENTS,
    values: [
      JSON.stringify(events),
      start && `${start.function}/${batchId}`,
      start?.function,
      start?.lane,
      start?.eventName,
      start?.maxEvents ?? 1,
    ],
  });
  return { ids: stored.map((row) => row.id), runs: start ? startedRuns({ stored, start }) : [] };
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
  ), accepted as (
    select id, $2::text || '/' || (row_number() over () - 1) / $6::int as run_id from stored where state = 'accepted'
  ), started as (
    insert into runs (id, function, lane, event, due_at)
    select run_id, $3::text, $4::text,
           json_build_object('name', $5::text, 'data', json_build_object('event_ids', json_agg(id))), now()
    from accepted where run_id is not null group by run_id
  )
  select id, run_id from accepted`;

function startedRuns(input: { stored: { id: string; run_id: string | null }[]; start: StartRuns }): NewRun[] {
  const { function: fn, lane, eventName } = input.start;
  const idsByRun = new Map<string, string[]>();
  for (const { id, run_id } of input.stored) {
    const ids = idsByRun.get(run_id ?? "") ?? [];
    ids.push(id);
    idsByRun.set(run_id ?? "", ids);
  }
  return [...idsByRun].map(([id, eventIds]) => ({
    id,
    function: fn,
    lane,
    event: { name: eventName, data: { event_ids: eventIds } },
  }));
}

/** An event that the product itself cannot dispatch: kept, shown with the reason, sent nowhere. */
export async function rejectOrderEvents({ ids, reason }: { ids: string[]; reason: string }): Promise<void> {
  await rows(sql`
    update order_events set state = 'rejected', reason = ${reason}
    where id = any(${sql.param(ids)}::text[]) and matched_revision is null`);
}
