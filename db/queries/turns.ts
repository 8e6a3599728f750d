import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { ADVISORY_LOCKS } from "@/db/advisory-locks";
import { preparedAlone, rows } from "@/db/client";
import { LONGEST_DELAY_MS, LONGEST_PROBE_MS } from "@/db/longest-waits";
import { anyOf, recordset } from "@/db/recordset";
import type { StoredFlow } from "@/db/stored-flow";
import { DELIVERY_COLUMNS, type DeliveryRow } from "./attempts";
import { isBehind, isHeldByPerson } from "./lines";

/**
 * Turns: how the tables stay the queue on Inngest, which is handed only what a webhook can send soon. A pending delivery
 * whose `run_until` is ahead has its turn: Inngest has a run for it. Until that run takes it, `next_attempt_at` is null;
 * then it says when its request would be over. The turn ends when the attempt is recorded.
 */
export type Turn = {
  id: string;
  webhook_id: number;
  /** In ms since 1970, by the database's clock; tells one turn of a delivery from the others. */
  run_until: number;
  /** Its webhook's last request did not succeed. */
  is_failing: boolean;
};

/** How many turns a webhook may have that is not held up. */
export type Depth = { webhook_id: number; depth: number };

/** A delivery as it was before it was to be taken, and what holds up its webhook. */
export type TakenDelivery = DeliveryRow & {
  flow: StoredFlow | null;
  is_taken: boolean;
  /** Another run has taken it. */
  is_under_way: boolean;
  /** First of all that its webhook has pending. */
  is_oldest: boolean;
};

const TURN = `
  d.id, d.webhook_id, floor(extract(epoch from d.run_until) * 1000)::float8 as run_until,
  coalesce((select s.consecutive_failures > 0 from webhook_stats s where s.webhook_id = d.webhook_id), false) as is_failing`;
// What Inngest has had for so long it seems to have lost; if not, its second run finds nothing to do.
const TURN_LASTS = "interval '2 minutes'";
// For what an attempt takes beside its request.
const TAKEN_LONGER_SECONDS = 5;
const WATCHED_LONGER_SECONDS = 60;
const LONGEST_DELAY = `interval '${LONGEST_DELAY_MS} milliseconds'`;

const DEPTHS = recordset<Depth>({ webhook_id: "int", depth: "int" });
const hasTurn = (row: string) => `(${row}.run_until > now()
  and ${row}.run_until <= now() + ${LONGEST_DELAY} + interval '${WATCHED_LONGER_SECONDS} seconds')`;
const HAS_TURN = hasTurn("d");
/** Whether a run has taken `d`, a row of `deliveries`, and may still be at its request. */
export const UNDER_WAY = `coalesce(${HAS_TURN} and d.next_attempt_at is not null, false)`;
const OLDEST_PENDING = `
  select o.id from deliveries o where o.webhook_id = w.id and o.state = 'pending'
  order by o.position, o.id limit 1`;

const GIVE_TURNS = `
  with open as materialized (
    select w.id, s.flow ->> 'down_since' is not null as is_down,
           case when s.flow is null then x.depth else 1 end - (
             select count(*)::int from deliveries d
             where d.webhook_id = w.id and d.state = 'pending' and ${HAS_TURN}) as free
    from ${DEPTHS.sql(1)} as x
    join outgoing_webhooks w on w.id = x.webhook_id
    left join webhook_stats s on s.webhook_id = w.id
    where not ${text(isHeldByPerson(sql`w`))}
  ), next as (
    select d.id from open cross join lateral (
      select d.id from deliveries d
      where d.webhook_id = open.id and d.state = 'pending' and not coalesce(${HAS_TURN}, false)
        and (d.next_attempt_at is null
          or d.next_attempt_at <= now() - make_interval(secs => $${1 + DEPTHS.width})
          or d.next_attempt_at > now() + ${LONGEST_DELAY})
        and not ${text(isBehind(sql`d`))}
      order by d.position, d.id limit open.free
    ) as d where open.free > 0 and not open.is_down
    union all
    select oldest.id from open as w cross join lateral (${OLDEST_PENDING}) as oldest where w.free > 0 and w.is_down
  )
  update deliveries d set run_until = now() + ${TURN_LASTS}, next_attempt_at = null
  from next where d.id = next.id and d.state = 'pending'
  returning ${TURN}`;

/**
 * Gives the next deliveries of these webhooks their turn: first of their lines, due, oldest first, and of a webhook that
 * is down the one that probes. What is late by `lateSeconds` has no run any more that slept until then.
 */
export async function giveTurns(input: { depths: Depth[]; lateSeconds: number }): Promise<Turn[]> {
  return preparedAlone<Turn>(ADVISORY_LOCKS.turns, {
    name: "give-turns",
    text: GIVE_TURNS,
    values: [...DEPTHS.values(input.depths), input.lateSeconds],
  });
}

const IS_OPEN = `
  not exists (select from (values
    ((s.flow ->> 'paused_until')::float8, ${LONGEST_DELAY_MS}),
    ((s.flow ->> 'next_probe_at')::float8, ${LONGEST_PROBE_MS})) as held(until, longest)
    where held.until > $3::float8 and held.until <= $3::float8 + held.longest)`;

const TAKE_DELIVERIES = `
  with asked as materialized (
    select d.id, d.webhook_id, w.timeout_seconds, s.flow, ${UNDER_WAY} as is_under_way,
           case when s.flow ->> 'down_since' is null then false
                else d.id = (${OLDEST_PENDING}) end as is_oldest,
           ${IS_OPEN} as is_open, d.position, d.state,
           d.next_attempt_at is null or d.next_attempt_at <= to_timestamp($3::float8 / 1000)
             or d.next_attempt_at > to_timestamp($3::float8 / 1000) + ${LONGEST_DELAY} as is_due
    from deliveries d
    join outgoing_webhooks w on w.id = d.webhook_id
    left join webhook_stats s on s.webhook_id = w.id
    where d.id = ${anyOf("$1::uuid[]")}
  ), wanted as (
    select asked.*, row_number() over (partition by webhook_id order by position, id) as place from asked
    where state = 'pending' and not is_under_way and is_due and is_open
      and (is_oldest or flow ->> 'down_since' is null)
  ), taken as (
    update deliveries d set
      next_attempt_at = to_timestamp($3::float8 / 1000)
        + make_interval(secs => wanted.timeout_seconds + ${TAKEN_LONGER_SECONDS}),
      run_until = now() + make_interval(secs => wanted.timeout_seconds + ${TAKEN_LONGER_SECONDS})
    from wanted
    where d.id = wanted.id and d.state = 'pending'
      and wanted.place <= case when wanted.flow is null then $2::int else 1 end - (
        select count(*) from deliveries d
        where d.webhook_id = wanted.webhook_id and d.state = 'pending' and ${UNDER_WAY})
    returning d.id
  )
  select ${DELIVERY_COLUMNS}, d.body, asked.flow, asked.is_under_way, asked.is_oldest, taken.id is not null as is_taken
  from asked
  join deliveries d on d.id = asked.id
  join order_events e on e.id = d.event_id
  left join taken on taken.id = d.id`;

/**
 * Takes pending deliveries for an attempt each, so that no other run makes it too: at most `atOnce` of a webhook are
 * taken at a time, in whichever process, and one of a webhook that is held up. `now` is by this process's clock, in ms
 * since 1970. What is gone is left out.
 */
export function takeDeliveries(input: {
  ids: string[];
  atOnce: number;
  now: number;
}): Promise<TakenDelivery[]> {
  return preparedAlone<TakenDelivery>(ADVISORY_LOCKS.turns, {
    name: "take-deliveries",
    text: TAKE_DELIVERIES,
    values: [input.ids, input.atOnce, input.now],
  });
}

/**
 * Lets a delivery keep its turn for `forMs`, during which its run sleeps until its webhook may send again, if no other
 * of the webhook has one; else it loses it. True when it has it.
 */
export async function keepWatch({ id, forMs }: { id: string; forMs: number }): Promise<boolean> {
  const [kept] = await preparedAlone<{ is_kept: boolean }>(ADVISORY_LOCKS.turns, {
    name: "keep-watch",
    text: `
      update deliveries d set next_attempt_at = null, run_until = case when not exists (
          select from deliveries o where o.webhook_id = d.webhook_id and o.state = 'pending' and o.id <> d.id
            and ${hasTurn("o")})
        then now() + make_interval(secs => $2::float8) end
      where d.id = $1::uuid and d.state = 'pending' and not ${UNDER_WAY}
      returning run_until is not null as is_kept`,
    values: [id, forMs / 1000 + WATCHED_LONGER_SECONDS],
  });
  return kept?.is_kept ?? false;
}

/** Ends the turns of deliveries that stay pending; those that another run has taken keep theirs. */
export async function endTurns(ids: string[]): Promise<void> {
  await rows(sql`
    update deliveries d set
      run_until = null, next_attempt_at = case when d.next_attempt_at > now() then d.next_attempt_at end
    where d.id = any(${sql.param(ids)}::uuid[]) and d.state = 'pending' and not ${sql.raw(UNDER_WAY)}`);
}

/** Ends the turn of a delivery that the caller has taken. */
export async function putBack(id: string): Promise<void> {
  await rows(sql`
    update deliveries set run_until = null, next_attempt_at = null where id = ${id}::uuid and state = 'pending'`);
}

/** Ends the turns of a webhook that no run has taken yet: somebody wants to have it looked at anew. */
export async function endTurnsOf(webhookId: number): Promise<void> {
  await rows(sql`
    update deliveries d set run_until = null
    where d.webhook_id = ${webhookId} and d.state = 'pending' and d.run_until is not null
      and not ${sql.raw(UNDER_WAY)}`);
}

/** The turns that no run has taken yet. */
export function findTurns(): Promise<Turn[]> {
  return rows<Turn>(sql`
    select ${sql.raw(TURN)} from deliveries d
    where d.state = 'pending' and ${sql.raw(HAS_TURN)} and d.next_attempt_at is null`);
}

// Only for what has no parameters of its own.
function text(query: SQL): string {
  return new PgDialect().sqlToQuery(query).sql;
}
