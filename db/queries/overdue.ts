import { type SQL, sql } from "drizzle-orm";
import { rows } from "@/db/client";
import { isBehind, waitsForWebhook } from "./lines";

/** Where a walk over the queue is. */
export type QueueCursor = { id: string; webhook_id: number; position: number };

/** What has been due for at least `fromSeconds` and, if given, for less than `toSeconds`. */
type Overdue = {
  fromSeconds: number;
  toSeconds?: number | undefined;
  after: QueueCursor | null;
  limit: number;
};

/** The next page of accepted order events that are not matched yet, in the order they were accepted. */
export function findOverdueEvents(input: Overdue): Promise<(QueueCursor & { name: string })[]> {
  return rows(sql`
    select id, name, 0 as webhook_id, seq::float8 as position from order_events
    where state = 'accepted' and matched_revision is null and ${isOverdue(sql`received_at`, input)}
      and seq > ${input.after?.position ?? 0}::bigint
    order by seq limit ${input.limit}`);
}

/** The next page of pending deliveries that wait for nothing but their time, webhook by webhook. */
export function findOverdueDeliveries(input: Overdue): Promise<QueueCursor[]> {
  const { webhook_id, position, id } = input.after ?? BEFORE_ALL;
  return rows(sql`
    select id, webhook_id, position::float8 as position from deliveries d
    where state = 'pending' and ${isOverdue(sql`coalesce(next_attempt_at, created_at)`, input)}
      and (webhook_id, position, id) > (${webhook_id}::int, ${position}::bigint, ${id}::uuid)
      and not ${isBehind(sql`d`)} and not ${waitsForWebhook(sql`d`)}
    order by webhook_id, position, id limit ${input.limit}`);
}

const BEFORE_ALL: QueueCursor = { webhook_id: 0, position: 0, id: "00000000-0000-0000-0000-000000000000" };

function isOverdue(dueAt: SQL, { fromSeconds, toSeconds }: Overdue): SQL {
  const from = sql`${dueAt} <= now() - make_interval(secs => ${fromSeconds})`;
  if (toSeconds === undefined) return from;
  return sql`${from} and ${dueAt} > now() - make_interval(secs => ${toSeconds})`;
}
