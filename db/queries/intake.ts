import { prepared } from "@/db/client";
import { recordset } from "@/db/recordset";
import type { StoredRefusal } from "@/db/stored-refusal";
import { utc } from "@/db/utc";
import { type NewDelivery, newDeliveries } from "./matching";

/** An order event as `order_events` keeps it, in the wire's and the table's names. */
export type OrderEventRow = {
  id: string;
  name: string;
  ts: string | null;
  data: string;
  state: "accepted" | "rejected";
  /** Null for an accepted one. */
  refusals: StoredRefusal[] | null;
  order_id: number | null;
  order_external_id: string | null;
  readable_number: string | null;
  customer_phone: string | null;
  /** As `searchedName` makes it. */
  customer_name: string | null;
  order_status: string | null;
};

export type NewOrderEvent = OrderEventRow & {
  /** Of the webhooks that it was matched with already; null when it is still to be matched. */
  matched_revision: number | null;
};

/** An accepted event that was stored now; `is_matched` says that its deliveries were stored along. */
export type StoredNow = { id: string; seq: number; event_time: string; is_matched: boolean };

/**
 * Stores order events whose ids are distinct, and with those that were matched already their `deliveries`, in one
 * statement. While earlier events wait to be matched these wait behind them: none is stored as matched. A known id
 * is left alone, but one that was rejected is replaced: its sender has corrected it. Returns the accepted events that
 * were stored now, in order, and how many deliveries were: a webhook deleted meanwhile gets none.
 */
export async function insertOrderEvents(input: {
  events: NewOrderEvent[];
  deliveries: NewDelivery[];
}): Promise<{ stored: StoredNow[]; storedDeliveries: number }> {
  const stored = await prepared<StoredNow & { deliveries: number }>({
    name: "insert-order-events",
    text: INSERT_ORDER_EVENTS,
    values: [...NEW_EVENTS.values(input.events), ...newDeliveries.values(input.deliveries)],
  });
  return { stored, storedDeliveries: stored[0]?.deliveries ?? 0 };
}

const NEW_EVENTS = recordset<NewOrderEvent>({
  id: "text",
  name: "text",
  ts: "timestamptz",
  data: "text",
  state: "text",
  refusals: "json",
  order_id: "bigint",
  order_external_id: "text",
  readable_number: "text",
  customer_phone: "text",
  customer_name: "text",
  order_status: "text",
  matched_revision: "bigint",
});

const INSERTED_COLUMNS = NEW_EVENTS.names.replace(
  "matched_revision",
  "case when (select is_waiting from earlier) then null else matched_revision end",
);

// The positions are looked up in one JSON object, since a join would compare every delivery with every event.
const INSERT_ORDER_EVENTS = `
  with earlier as materialized (
    select exists (select from order_events where state = 'accepted' and matched_revision is null) as is_waiting
  ), stored as (
    insert into order_events (${NEW_EVENTS.names})
    select ${INSERTED_COLUMNS} from ${NEW_EVENTS.sql(1)} as input
    on conflict (id) do update set
      seq = excluded.seq, name = excluded.name, ts = excluded.ts, data = excluded.data, state = excluded.state,
      reason = null, refusals = excluded.refusals, order_id = excluded.order_id, order_external_id = excluded.order_external_id,
      readable_number = excluded.readable_number, customer_phone = excluded.customer_phone,
      customer_name = excluded.customer_name,
      order_status = excluded.order_status, matched_revision = excluded.matched_revision, received_at = now()
      where order_events.state = 'rejected'
    returning id, seq, state, matched_revision, coalesce(ts, received_at) as event_time
  ), matched as materialized (
    select coalesce(jsonb_object_agg(id, seq), '{}') as seqs from stored
    where state = 'accepted' and matched_revision is not null
  ), ${newDeliveries.sql({
    firstParameter: 1 + NEW_EVENTS.width,
    position: "((select seqs from matched) ->> x.event_id)::bigint",
  })}
  select id, seq::float8 as seq, matched_revision is not null as is_matched,
         ${utc("event_time")} as event_time,
         (select count(*)::int from inserted) as deliveries
  from stored where state = 'accepted' order by stored.seq`;
