import { sql } from "drizzle-orm";
import { prepared, rows } from "@/db/client";

/** A pending delivery as its own run: `attempts` were made, `failures` of the engine's own since. */
export type PendingDelivery = { id: string; attempts: number; failures: number; due_at: string };

/**
 * Which of a webhook's: those due from `dueFrom` to `now` or after `beyond`, up to `limit` of each, and the first
 * that is due later than `now`.
 */
export type NextDeliveries = {
  webhookId: number;
  dueFrom: string;
  now: string;
  beyond: string;
  limit: number;
};

/** A webhook's next pending deliveries by due time. */
export function nextDeliveries(query: NextDeliveries): Promise<PendingDelivery[]> {
  const { webhookId, dueFrom, now, beyond, limit } = query;
  return prepared<PendingDelivery>({
    name: "next-deliveries",
    text: NEXT_DELIVERIES,
    values: [webhookId, dueFrom, now, limit, beyond],
  });
}

// As the index deliveries_pending has it.
const DUE_AT = "coalesce(next_attempt_at, created_at)";
const COLUMNS = `id, attempts, failures,
  to_char(${DUE_AT} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as due_at`;
// What is left of a deleted webhook has no one to be sent to.
const OF_WEBHOOK = `webhook_id = $1 and state = 'pending'
  and exists (select from outgoing_webhooks where id = $1)`;

const NEXT_DELIVERIES = `
  (select ${COLUMNS} from deliveries
   where ${OF_WEBHOOK} and ${DUE_AT} >= $2::timestamptz and ${DUE_AT} <= $3::timestamptz
   order by ${DUE_AT}, id limit $4)
  union all
  (select ${COLUMNS} from deliveries where ${OF_WEBHOOK} and ${DUE_AT} > $3::timestamptz
   order by ${DUE_AT}, id limit 1)
  union all
  (select ${COLUMNS} from deliveries where ${OF_WEBHOOK} and ${DUE_AT} > $5::timestamptz
   order by ${DUE_AT}, id limit $4)`;

/** The webhooks that have pending deliveries: one index probe each, however many deliveries there are. */
export async function listPendingWebhooks(): Promise<number[]> {
  const found = await rows<{ webhook_id: number }>(sql`
    with recursive webhooks as (
      (select webhook_id from deliveries where state = 'pending' order by webhook_id limit 1)
      union all
      select (select d.webhook_id from deliveries d where d.state = 'pending' and d.webhook_id > webhooks.webhook_id
              order by d.webhook_id limit 1)
      from webhooks where webhooks.webhook_id is not null
    )
    select webhook_id from webhooks where webhook_id is not null`);
  return found.map((row) => row.webhook_id);
}

export type PostponedDelivery = { id: string; due_at: string; failures: number };

/** Puts pending deliveries off after a fault of ours. */
export async function postponeDeliveries(postponed: PostponedDelivery[]): Promise<void> {
  await rows(sql`
    update deliveries d set next_attempt_at = x.due_at, failures = x.failures
    from json_to_recordset(${JSON.stringify(postponed)}::json) as x(id uuid, due_at timestamptz, failures int)
    where d.id = x.id and d.state = 'pending'`);
}
