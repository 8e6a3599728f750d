import { sql } from "drizzle-orm";
import { ADVISORY_LOCKS } from "@/db/advisory-locks";
import { type Db, rows } from "@/db/client";
import type { NewOrderEvent, StoredNow } from "@/db/queries/intake";
import { iikoMessages, orderEvents } from "@/db/schema";
import { utc } from "@/db/utc";

export type NewIikoMessage = typeof iikoMessages.$inferInsert;

/**
 * Until the transaction ends, no other process decides about messages of iiko's: what is known of an order and what
 * is stored of it are one step, and order events stand in the order in which they were decided.
 */
export async function lockIikoMessages(tx: Db): Promise<void> {
  await rows(sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.iikoMessages})`, tx);
}

/** Those of the ids that are kept already. */
export async function selectKeptMessageIds(tx: Db, ids: string[]): Promise<string[]> {
  const kept = await rows<{ id: string }>(
    sql`select id from iiko_messages where id = any(${sql.param(ids)}::text[])`,
    tx,
  );
  return kept.map(({ id }) => id);
}

/** `orderId` is as it stands in an event's JSON, `"iiko_order_id":"…"`, in lower case; null where it is not known. */
export type KnownOrderKey = {
  key: string;
  external_id: string;
  iiko_order_id: string | null;
  order_id: string | null;
};
export type KnownOrderRow = {
  key: string;
  id: string | null;
  name: string | null;
  data: string | null;
  changed_ms: number | null;
};

/**
 * The newest accepted event of each order, and when iiko says that the order last changed. An order is known by its
 * external id, whoever sent it, and by iiko's own id from messages of iiko's.
 */
export function selectKnownOrders(tx: Db, keys: KnownOrderKey[]): Promise<KnownOrderRow[]> {
  return rows<KnownOrderRow>(
    sql`
    select k.key, e.id, e.name, e.data, m.changed_ms
    from json_to_recordset(${JSON.stringify(keys)}::json)
      as k(key text, external_id text, iiko_order_id text, order_id text)
    left join lateral (
      select * from (
        (select o.seq, o.id, o.name, o.data from order_events o
         where o.order_external_id = k.external_id and o.state = 'accepted'
           and (k.order_id is null or strpos(lower(o.data), k.order_id) > 0
                or strpos(o.data, '"iiko_order_id":"') = 0)
         order by o.seq desc limit 1)
        union all
        (select o.seq, o.id, o.name, o.data
         from iiko_messages i join order_events o on o.id = 'iiko-' || i.id and o.state = 'accepted'
         where i.iiko_order_id = k.iiko_order_id and i.outcome in ('event', 'unchanged')
         order by o.seq desc limit 1)
      ) both_ways
      order by seq desc limit 1
    ) e on true
    left join lateral (
      select round(extract(epoch from max(i.changed_at)) * 1000)::float8 as changed_ms from iiko_messages i
      where i.iiko_order_id = k.iiko_order_id and i.outcome in ('event', 'unchanged')
    ) m on true`,
    tx,
  );
}

export async function insertIikoMessages(tx: Db, messages: NewIikoMessage[]): Promise<void> {
  if (messages.length > 0) await tx.insert(iikoMessages).values(messages).onConflictDoNothing();
}

/** Stores order events that are still to be matched; returns the accepted ones that were new, in order. */
export async function insertUnmatchedEvents(tx: Db, events: NewOrderEvent[]): Promise<StoredNow[]> {
  if (events.length === 0) return [];
  const stored = await tx.insert(orderEvents).values(events.map(toTableRow)).onConflictDoNothing().returning({
    id: orderEvents.id,
    seq: orderEvents.seq,
    state: orderEvents.state,
    ts: orderEvents.ts,
    receivedAt: orderEvents.received_at,
  });
  return stored
    .filter(({ state }) => state === "accepted")
    .map(({ id, seq, ts, receivedAt }) => ({
      id,
      seq,
      event_time: (ts ?? receivedAt).toISOString(),
      is_matched: false,
    }));
}

function toTableRow(event: NewOrderEvent): typeof orderEvents.$inferInsert {
  return { ...event, ts: event.ts === null ? null : new Date(event.ts) };
}

export type LastMessageRow = {
  id: string;
  kind: string;
  organization_id: string | null;
  outcome: string;
  received_at: string;
  text: string;
};

/** The newest message of each of these kinds, newest first; of its text at most `maxChars`. */
export function selectLastMessages(input: {
  kinds: readonly string[];
  maxChars: number;
}): Promise<LastMessageRow[]> {
  return rows<LastMessageRow>(sql`
    select m.id, m.kind, m.organization_id, m.outcome, left(m.text, ${input.maxChars}::int) as text,
           ${sql.raw(utc("m.received_at"))} as received_at
    from unnest(${sql.param([...input.kinds])}::text[]) as k(kind)
    cross join lateral (
      select * from iiko_messages i where i.kind = k.kind order by i.received_at desc limit 1
    ) m
    order by m.received_at desc`);
}

/** When the last order event came that was not made of a message of iiko's; looks back over `depth` events. */
export async function selectLastOwnEvent(depth: number): Promise<{ id: string; received_at: string } | null> {
  const [found] = await rows<{ id: string; received_at: string }>(sql`
    select id, ${sql.raw(utc("received_at"))} as received_at
    from (select id, seq, received_at from order_events order by seq desc limit ${depth}::int) newest
    where id not like 'iiko-%' or length(id) <> 69
    order by seq desc limit 1`);
  return found ?? null;
}
