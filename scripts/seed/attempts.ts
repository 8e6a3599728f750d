import { sql } from "drizzle-orm";
import { rows } from "@/db/client";
import { refuse } from "@/lib/refusals/refuse";
import { type Chunk, chunkEvents } from "./chunk";

const FAULT = refuse("fault_status_5xx", { receiver: "crm.example", answer: "500 Internal Server Error" });
const LOST = JSON.stringify(refuse("attempts_failed", { attempts: 2, fault: FAULT }));

/** To the first two webhooks in one go, to the third at the second attempt, or not at all. */
export const ATTEMPTS_PER_EVENT = 4;

/** Deliveries of the chunk's events to three webhooks, and their attempts. */
export async function seedAttempts({
  webhookIds,
  ...chunk
}: Chunk & { webhookIds: number[] }): Promise<void> {
  const [first = 0, second = 0, third = 0] = webhookIds;
  await rows(sql`
    with plan as materialized (
      select e.*, w.webhook_id, md5(e.event_id || '/' || w.webhook_id)::uuid as delivery_id,
             w.webhook_id = ${third}::int as is_flaky, n % 10 = 7 as is_lost
      from ${chunkEvents(chunk)}
      cross join (values (${first}::int), (${second}::int), (${third}::int)) w(webhook_id)
      where n % 1000 <> 999
    ), delivered as (
      insert into deliveries (id, event_id, webhook_id, state, refusal, body, attempts, created_at, finished_at)
      select delivery_id, event_id, webhook_id,
             case when is_flaky and is_lost then 'failed' else 'succeeded' end,
             case when is_flaky and is_lost then ${LOST}::json end,
             json_build_object('event', 'order.updated', 'order', json_build_object(
               'id', 1000000 + n / 4, 'external_id', 'seed-' || n / 4, 'status', 'OnWay', 'total_amount', 152050))::text,
             case when is_flaky then 2 else 1 end, at, at + interval '6 seconds'
      from plan
    )
    insert into outgoing_webhook_logs (webhook_id, delivery_id, event_id, order_id, order_external_id, event_type,
      attempt_number, request_url, request_headers, response_status, response_headers, response_body, duration_ms,
      success, error_code, fault, created_at)
    select webhook_id, delivery_id, event_id, 1000000 + n / 4, 'seed-' || n / 4,
           (array['order.created', 'order.status_changed', 'order.status_changed', 'order.updated'])[1 + n % 4],
           attempt, 'https://crm.example/hook', '{"content-type":"application/json"}'::json,
           case when success then 200 else 500 end, '{"content-type":"text/plain"}'::json,
           case when success then 'ok' else 'database is locked' end,
           (20 + hashint4(n * 7 + attempt + webhook_id) % 90 + 90)::int, success,
           case when not success then 'http_5xx' end,
           case when not success then ${JSON.stringify(FAULT)}::json end,
           at + (attempt - 1) * interval '5 seconds'
    from plan
    cross join lateral (
      select attempt, not is_flaky or (attempt = 2 and not is_lost) as success
      from generate_series(1, case when is_flaky then 2 else 1 end) attempt
    ) tried
    order by n, webhook_id, attempt`);
}
