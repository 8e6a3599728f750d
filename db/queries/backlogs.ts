import { type SQL, sql } from "drizzle-orm";
import { rows } from "@/db/client";
import type { StoredFlow } from "@/db/stored-flow";
import type { StoredPause } from "@/db/stored-pause";
import { isHeldByPerson } from "./lines";
import { listPendingWebhooks } from "./pending-deliveries";

/** Counting stops here, so that no backlog costs a reader more than this. */
export const MAX_BACKLOG = 10_000;
// Telling orders apart reads their events: 8 ms for so many on the embedded database, which then serves nobody else.
const MAX_TOLD_APART = 2_000;

export type BacklogRow = {
  webhook_id: number;
  flow: StoredFlow | null;
  pause: StoredPause | null;
  /** Whether it takes the deliveries of one order one after another. */
  ordered: boolean;
  /** Pending, at most MAX_BACKLOG. */
  deliveries: number;
  /** The orders that they are of; null when there are too many to tell them apart. */
  orders: number | null;
  /** How long its newest successful requests took on average; null without any. */
  average_ms: number | null;
};

const NEWEST = 20;

/** What waits for those of the webhooks that are held up; the average is over the newest requests of each event. */
export function selectBacklogs(input: { webhookIds: number[]; eventNames: string[] }): Promise<BacklogRow[]> {
  return rows<BacklogRow>(sql`
    select s.webhook_id, s.flow, w.pause, w.ordered, waiting.deliveries, waiting.orders, recent.average_ms
    from webhook_stats s
    join outgoing_webhooks w on w.id = s.webhook_id
    cross join lateral ${pendingOf(sql`s.webhook_id`)} as waiting
    cross join lateral (
      select avg(newest.duration_ms)::float8 as average_ms
      from json_array_elements_text(${JSON.stringify(input.eventNames)}::json) as names(event_name)
      cross join lateral (
        select l.duration_ms from outgoing_webhook_logs l
        where l.webhook_id = s.webhook_id and l.event_type = names.event_name and l.success
        order by (l.id + 0) desc limit ${NEWEST}
      ) newest
    ) recent
    where (s.flow is not null or ${isHeldByPerson(sql`w`)}) and s.webhook_id = any(${sql.param(input.webhookIds)}::int[])`);
}

export type WaitingCount = Pick<BacklogRow, "deliveries" | "orders">;

/** What one webhook still has to be sent. */
export async function countWaiting(webhookId: number): Promise<WaitingCount> {
  const [counted] = await rows<WaitingCount>(
    sql`select * from ${pendingOf(sql`${webhookId}::int`)} as waiting`,
  );
  return counted ?? { deliveries: 0, orders: null };
}

/** How many deliveries are pending for each webhook that has any, at most MAX_BACKLOG. */
export async function countPending(): Promise<Map<number, number>> {
  const webhookIds = await listPendingWebhooks();
  if (webhookIds.length === 0) return new Map();
  const counted = await rows<{ webhook_id: number; deliveries: number }>(sql`
    select w.id as webhook_id, (
      select count(*)::int from (
        select 1 from deliveries d
        where d.webhook_id = w.id and d.state = 'pending' limit ${MAX_BACKLOG}::int
      ) pending
    ) as deliveries
    from unnest(${sql.param(webhookIds)}::int[]) as w(id)`);
  return new Map(counted.map(({ webhook_id, deliveries }) => [webhook_id, deliveries]));
}

function pendingOf(webhookId: SQL): SQL {
  return sql`(
    select counted.deliveries, case when counted.deliveries <= ${MAX_TOLD_APART}::int then (
      select count(distinct coalesce('id ' || e.order_id, 'external ' || e.order_external_id, e.id))::int
      from deliveries d join order_events e on e.id = d.event_id
      where d.webhook_id = ${webhookId} and d.state = 'pending'
    ) end as orders
    from (
      select count(*)::int as deliveries from (
        select 1 from deliveries d
        where d.webhook_id = ${webhookId} and d.state = 'pending' limit ${MAX_BACKLOG}::int
      ) pending
    ) counted)`;
}
