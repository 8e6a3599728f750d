import { sql } from "drizzle-orm";
import { rows } from "@/db/client";
import { isGivenUp } from "@/db/schema";

export type GivenUpRow = {
  webhook_id: number;
  webhook_name: string;
  /** How many orders lost a delivery, and the first of their numbers, oldest first. */
  orders: number;
  numbers: string[];
  /** Up to when these were given up, in ISO 8601: what is to be noted once they are told. */
  until: string;
};

// What a transaction under way is giving up may carry an earlier time than what is read now.
const SETTLED = sql.raw("interval '10 seconds'");
const TO_A_NEW_CHANNEL = sql.raw("interval '1 day'");

/**
 * The orders that were given up since `channel` was last told of some, by webhook; none of a webhook of which it was
 * told less than `quietSeconds` ago. All by the database's clock, which gave the times.
 */
export function selectGivenUp(input: {
  channel: string;
  quietSeconds: number;
  numbers: number;
}): Promise<GivenUpRow[]> {
  return rows<GivenUpRow>(sql`
    with span as materialized (
      select w.id, w.name, now() - ${SETTLED} as until,
             coalesce(a.given_up_told_until, now() - ${TO_A_NEW_CHANNEL}) as since
      from outgoing_webhooks w
      left join webhook_alerts a on a.webhook_id = w.id and a.channel = ${input.channel}
      where a.given_up_told_until is null
         or a.given_up_told_until < now() - make_interval(secs => ${input.quietSeconds})
    )
    select span.id as webhook_id, span.name as webhook_name, given.orders, given.numbers,
           to_char(span.until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as until
    from span cross join lateral (
      select count(*)::int as orders,
             to_json((array_agg(o.number order by o.seq))[1:${sql.raw(String(input.numbers))}]) as numbers
      from (
        select coalesce(e.readable_number, e.order_external_id, e.order_id::text, e.id) as number, min(e.seq) as seq
        from deliveries d join order_events e on e.id = d.event_id
        where d.webhook_id = span.id and ${isGivenUp("d")}
          and d.finished_at > span.since and d.finished_at <= span.until
        group by coalesce('id ' || e.order_id, 'external ' || e.order_external_id, e.id), 1
      ) o
    ) given
    where given.orders > 0 order by span.id`);
}

/** Notes up to when a channel was told; of a webhook that is gone by now nothing is noted. */
export async function saveGivenUpTold(input: {
  channel: string;
  told: Pick<GivenUpRow, "webhook_id" | "until">[];
}): Promise<void> {
  await rows(sql`
    insert into webhook_alerts (webhook_id, channel, state, told_at, given_up_told_until)
    select w.id, ${input.channel}, 'ok', to_timestamp(0), x.until
    from json_to_recordset(${JSON.stringify(input.told)}::json) as x(webhook_id int, until timestamptz)
    join outgoing_webhooks w on w.id = x.webhook_id
    on conflict (webhook_id, channel) do update set given_up_told_until = excluded.given_up_told_until`);
}
