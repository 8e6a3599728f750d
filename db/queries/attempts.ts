import { type SQL, sql } from "drizzle-orm";
import { type Db, prepared, rows } from "@/db/client";
import { anyOf, recordset } from "@/db/recordset";
import type { StoredRefusal } from "@/db/stored-refusal";
import { utc } from "@/db/utc";
import type { AttemptRecord, DeliveryMove, LogRow } from "./attempt-record";
import { type IntervalTally, tallyIntervals, tallyWebhooks, type WebhookTally } from "./attempt-tallies";

export type DeliveryRow = {
  id: string;
  event_id: string;
  webhook_id: number;
  state: "pending" | "succeeded" | "failed" | "cancelled";
  body: string;
  created_at: string;
  attempts: number;
  /** Faults of the product's own since the last attempt. */
  failures: number;
  next_attempt_at: string | null;
  event_name: string;
  /** When it happened: the sender's `ts`, else when it was accepted. */
  event_time: string;
  order_id: number | null;
  order_external_id: string | null;
};

/** What a request and its log row need of a delivery `d` and its order event `e`, but for the body. */
export const DELIVERY_COLUMNS = `
  d.id, d.event_id, d.webhook_id, d.state, d.attempts, d.failures,
  ${utc("d.created_at")} as created_at,
  ${utc("d.next_attempt_at")} as next_attempt_at,
  ${utc("coalesce(e.ts, e.received_at)")} as event_time,
  e.name as event_name, e.order_id::float8 as order_id, e.order_external_id`;

/** Deliveries with what a log row repeats of their order event; ids that are gone are left out. */
export function findDeliveries(ids: string[]): Promise<DeliveryRow[]> {
  return prepared<DeliveryRow>({
    name: "find-deliveries",
    text: `
      select ${DELIVERY_COLUMNS}, d.body from deliveries d join order_events e on e.id = d.event_id
      where d.id = ${anyOf("$1::uuid[]")}`,
    values: [ids],
  });
}

/**
 * Writes attempts in one statement: log rows, the state of their deliveries, the statistics. Tests count
 * nowhere but in the log. A delivery that was cancelled meanwhile stays cancelled unless it got through.
 * Attempts of a webhook that is gone are dropped with it. Returns the ids of the log rows, in no order.
 */
export async function insertAttempts(records: AttemptRecord[], buckets: number): Promise<number[]> {
  const intervals = tallyIntervals(records, buckets);
  const logged = await prepared<{ id: number }>({
    name: "insert-attempts",
    text: INSERT_ATTEMPTS,
    values: [
      [...new Set(records.map((record) => record.log.webhook_id))],
      ...LOG_ROWS.values(records.map((record) => record.log)),
      ...MOVES.values(records.flatMap(moveOf)),
      ...TALLIES.values(tallyWebhooks(records)),
      ...INTERVALS.values(intervals.map((tally) => ({ ...tally, durations: `{${tally.durations}}` }))),
    ],
  });
  return logged.map((row) => row.id);
}

/** Whether this very attempt stands in the log. */
export async function isAttemptLogged(
  log: Pick<LogRow, "delivery_id" | "attempt_number" | "created_at">,
): Promise<boolean> {
  const found = await rows(sql`
    select from outgoing_webhook_logs
    where delivery_id = ${log.delivery_id}::uuid and attempt_number = ${log.attempt_number}
      and created_at = ${log.created_at}::timestamptz`);
  return found.length > 0;
}

type Move = DeliveryMove & Pick<LogRow, "delivery_id" | "attempt_number" | "success" | "created_at">;

function moveOf({ log, move }: AttemptRecord): Move[] {
  if (move === null) return [];
  const { delivery_id, attempt_number, success, created_at } = log;
  return [{ ...move, delivery_id, attempt_number, success, created_at }];
}

const LOG_ROWS = recordset<LogRow>({
  webhook_id: "int",
  delivery_id: "uuid",
  event_id: "text",
  order_id: "bigint",
  order_external_id: "text",
  event_type: "text",
  attempt_number: "int",
  request_url: "text",
  request_headers: "json",
  request_body: "text",
  response_status: "int",
  response_headers: "json",
  response_body: "text",
  duration_ms: "int",
  success: "boolean",
  error_code: "text",
  fault: "json",
  created_at: "timestamptz",
});
const MOVES = recordset<Move>({
  delivery_id: "uuid",
  attempt_number: "int",
  success: "boolean",
  created_at: "timestamptz",
  state: "text",
  refusal: "json",
  next_attempt_at: "timestamptz",
});
const TALLIES = recordset<WebhookTally>({
  webhook_id: "int",
  sent: "int",
  succeeded: "int",
  failed_since: "int",
  last_sent_at: "timestamptz",
  last_success_at: "timestamptz",
  last_error: "text",
  is_flow_changed: "boolean",
  flow: "json",
});
const INTERVALS = recordset<Omit<IntervalTally, "durations"> & { durations: string }>({
  webhook_id: "int",
  starts_at: "timestamptz",
  succeeded: "int",
  failed: "int",
  durations: "int[]",
  shortest_ms: "int",
  longest_ms: "int",
});

const firstMove = 2 + LOG_ROWS.width;
const firstTally = firstMove + MOVES.width;
const firstInterval = firstTally + TALLIES.width;

const INSERT_ATTEMPTS = `
  with present as materialized (
    select webhook_id as id from webhook_stats where webhook_id = ${anyOf("$1::int[]")} order by webhook_id for update
  ), logged as (
    insert into outgoing_webhook_logs (${LOG_ROWS.names})
    select ${LOG_ROWS.names} from ${LOG_ROWS.sql(2)} as x
    where x.webhook_id = any(array(select id from present))
    returning id
  ), moved as (
    update deliveries d set
      attempts = greatest(d.attempts, i.attempt_number),
      failures = 0,
      state = case when d.state = 'pending' or i.success then i.state else d.state end,
      refusal = case when d.state = 'pending' or i.success then i.refusal else d.refusal end,
      next_attempt_at = case when d.state = 'pending' then i.next_attempt_at end,
      run_until = null,
      finished_at = case when i.state <> 'pending' then i.created_at else d.finished_at end
    from ${MOVES.sql(firstMove)} as i
    where d.id = i.delivery_id
  ), counted as (
    update webhook_stats s set
      total_sent = s.total_sent + t.sent,
      total_success = s.total_success + t.succeeded,
      total_failed = s.total_failed + t.sent - t.succeeded,
      consecutive_failures = case when t.succeeded = 0 then s.consecutive_failures else 0 end + t.failed_since,
      last_sent_at = greatest(s.last_sent_at, t.last_sent_at),
      last_success_at = greatest(s.last_success_at, t.last_success_at),
      last_error = coalesce(t.last_error, s.last_error),
      flow = case when t.is_flow_changed then t.flow else s.flow end
    from ${TALLIES.sql(firstTally)} as t
    where s.webhook_id = t.webhook_id and t.webhook_id = any(array(select id from present))
  ), charted as (
    insert into webhook_intervals as w
      (webhook_id, starts_at, succeeded, failed, durations, shortest_ms, longest_ms)
    select t.webhook_id, t.starts_at, t.succeeded, t.failed, t.durations, t.shortest_ms, t.longest_ms
    from ${INTERVALS.sql(firstInterval)} as t
    where t.webhook_id = any(array(select id from present))
    on conflict (webhook_id, starts_at) do update set
      succeeded = w.succeeded + excluded.succeeded,
      failed = w.failed + excluded.failed,
      durations = array(select x + y from unnest(w.durations, excluded.durations) as u(x, y)),
      shortest_ms = case when w.shortest_ms is not null then least(w.shortest_ms, excluded.shortest_ms) end,
      longest_ms = case when w.longest_ms is not null then greatest(w.longest_ms, excluded.longest_ms) end
  )
  select id::float8 as id from logged`;

type End = { id: string; refusal: StoredRefusal };

/** Cancels one delivery that still waits. */
export async function cancelDelivery({ id, refusal }: End): Promise<void> {
  await rows(sql`
    update deliveries set state = 'cancelled', ${ended(refusal)} where id = ${id} and state = 'pending'`);
}

/** Cancels what a webhook still has to send; the runs find their deliveries cancelled and end. Returns how many. */
export async function cancelWebhookDeliveries(
  tx: Db,
  { webhookId, refusal }: { webhookId: number; refusal: StoredRefusal },
): Promise<number> {
  const [cancelled] = await rows<{ count: number }>(
    sql`
      with cancelled as (
        update deliveries set state = 'cancelled', ${ended(refusal)}
        where webhook_id = ${webhookId} and state = 'pending' returning 1
      )
      select count(*)::int as count from cancelled`,
    tx,
  );
  return cancelled?.count ?? 0;
}

/** Ends a delivery whose function could not go on. */
export async function failDelivery({ id, refusal }: End): Promise<void> {
  await rows(sql`
    update deliveries set state = 'failed', ${ended(refusal)} where id = ${id} and state = 'pending'`);
}

function ended(refusal: StoredRefusal): SQL {
  return sql`refusal = ${JSON.stringify(refusal)}::json, next_attempt_at = null, finished_at = now()`;
}
