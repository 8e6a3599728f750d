import { type SQL, sql } from "drizzle-orm";
import { rows } from "@/db/client";
import { isBehind, isHeldNow, waitsForWebhook } from "./lines";

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
export async function findOverdueDeliveries(input: Overdue): Promise<QueueCursor[]> {
  const found: QueueCursor[] = [];
  let after = input.after ?? BEFORE_ALL;
  while (found.length < input.limit) {
    const looked = await lookAtPending({ ...input, after });
    found.push(
      ...looked.filter(({ is_startable }) => is_startable).map(({ is_startable, ...place }) => place),
    );
    const last = looked.at(-1);
    if (!last || looked.length < LOOKED_AT) break;
    after = last;
  }
  return found.slice(0, input.limit);
}

const LOOKED_AT = 1_000;

// So many and then whether: asked at once, the planner expects to find few and reads all that is pending first.
function lookAtPending(
  input: Overdue & { after: QueueCursor },
): Promise<(QueueCursor & { is_startable: boolean })[]> {
  const { webhook_id, position, id } = input.after;
  const dueAt = sql`coalesce(d.next_attempt_at, d.created_at)`;
  return rows(sql`
    select d.id, d.webhook_id, d.position::float8 as position,
           case when not (${isOverdue(dueAt, input)}) then false
                when ${isHeldNow(sql`d`)} or ${waitsForWebhook(sql`d`)} then false
                else not ${isBehind(sql`d`)} end as is_startable
    from (
      select id, event_id, webhook_id, position, next_attempt_at, created_at from deliveries
      where state = 'pending' and (webhook_id, position, id) > (${webhook_id}::int, ${position}::bigint, ${id}::uuid)
      order by webhook_id, position, id limit ${LOOKED_AT}
    ) as d
    order by d.webhook_id, d.position, d.id`);
}

const BEFORE_ALL: QueueCursor = { webhook_id: 0, position: 0, id: "00000000-0000-0000-0000-000000000000" };

function isOverdue(dueAt: SQL, { fromSeconds, toSeconds }: Overdue): SQL {
  const from = sql`${dueAt} <= now() - make_interval(secs => ${fromSeconds})`;
  if (toSeconds === undefined) return from;
  return sql`${from} and ${dueAt} > now() - make_interval(secs => ${toSeconds})`;
}
