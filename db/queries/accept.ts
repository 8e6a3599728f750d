import { sql } from "drizzle-orm";
import { prepared, rows } from "@/db/client";
import { recordset } from "@/db/recordset";
import { type NewDelivery, newDeliveries } from "./dispatch";
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
  /** Of the webhooks that it was matched with already; null when a run has to do it. */
  matched_revision: number | null;
};

/** The runs that the embedded engine starts for accepted events, up to `maxEvents` each; null under Inngest. */
export type StartRuns = { function: string; lane: string; eventName: string; maxEvents: number };

/**
 * Stores order events whose ids are distinct, with the `deliveries` of those that were matched already, and starts
 * runs for the other accepted ones, in one statement. A known id is left alone, but one that was rejected is
 * replaced: its sender has corrected it. Returns the ids that were stored now and accepted, in the order of the
 * input, the runs, and how many deliveries were stored: a webhook deleted meanwhile gets none.
 */
export async function insertOrderEvents(input: {
  events: NewOrderEvent[];
  deliveries: NewDelivery[];
  batchId: string;
  start: StartRuns | null;
}): Promise<{ ids: string[]; runs: NewRun[]; storedDeliveries: number }> {
  const { events, deliveries, batchId, start } = input;
  const stored = await prepared<{ id: string; run_id: string | null; deliveries: number }>({
    name: "insert-order-events",
    text: INSERT_ORDER_EVENTS,
    values: [
      start && `${start.function}/${batchId}`,
      start?.function,
      start?.lane,
      start?.eventName,
      start?.maxEvents ?? 1,
      ...NEW_EVENTS.values(events),
      ...newDeliveries.values(deliveries),
    ],
  });
  return {
    ids: stored.map((row) => row.id),
    runs: start ? startedRuns({ stored, start }) : [],
    storedDeliveries: stored[0]?.deliveries ?? 0,
  };
}

const NEW_EVENTS = recordset<NewOrderEvent>({
  id: "text",
  name: "text",
  ts: "timestamptz",
  data: "text",
  state: "text",
  reason: "text",
  order_id: "bigint",
  order_external_id: "text",
  readable_number: "text",
  customer_phone: "text",
  order_status: "text",
  matched_revision: "bigint",
});

const FIRST_EVENT = 6;

// «is true» keeps the planner from joining row by row with the ids that were stored.
const INSERT_ORDER_EVENTS = `
  with stored as (
    insert into order_events (${NEW_EVENTS.names})
    select * from ${NEW_EVENTS.sql(FIRST_EVENT)} as input
    on conflict (id) do update set
      name = excluded.name, ts = excluded.ts, data = excluded.data, state = excluded.state,
      reason = excluded.reason, order_id = excluded.order_id, order_external_id = excluded.order_external_id,
      readable_number = excluded.readable_number, customer_phone = excluded.customer_phone,
      order_status = excluded.order_status, matched_revision = excluded.matched_revision, received_at = now()
      where order_events.state = 'rejected'
    returning id, state, matched_revision
  ), accepted as (
    select id, case when matched_revision is null then $1::text || '/' ||
             (count(*) filter (where matched_revision is null) over (rows unbounded preceding) - 1) / $5::int
           end as run_id
    from stored where state = 'accepted'
  ), started as (
    insert into runs (id, function, lane, event, due_at)
    select run_id, $2::text, $3::text,
           json_build_object('name', $4::text, 'data', json_build_object('event_ids', json_agg(id))), now()
    from accepted where run_id is not null group by run_id
  ), ${newDeliveries.sql({
    firstParameter: FIRST_EVENT + NEW_EVENTS.width,
    condition: "(x.event_id in (select id from accepted)) is true",
  })}
  select id, run_id, (select count(*)::int from inserted) as deliveries from accepted`;

function startedRuns(input: { stored: { id: string; run_id: string | null }[]; start: StartRuns }): NewRun[] {
  const { function: fn, lane, eventName } = input.start;
  const idsByRun = new Map<string, string[]>();
  for (const { id, run_id } of input.stored) {
    if (run_id === null) continue;
    const ids = idsByRun.get(run_id) ?? [];
    ids.push(id);
    idsByRun.set(run_id, ids);
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
