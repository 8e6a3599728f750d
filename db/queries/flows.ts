import { sql } from "drizzle-orm";
import { type Db, db, rows } from "@/db/client";
import type { StoredFlow } from "@/db/stored-flow";
import { isHeldByPerson } from "./lines";

/** The flows of the webhooks that are held up. */
export async function findFlows(): Promise<Map<number, StoredFlow>> {
  const found = await rows<{ webhook_id: number; flow: StoredFlow }>(sql`
    select webhook_id, flow from webhook_stats where flow is not null`);
  return new Map(found.map(({ webhook_id, flow }) => [webhook_id, flow]));
}

export async function findFlow(webhookId: number, on: Db = db()): Promise<StoredFlow | null> {
  const [found] = await rows<{ flow: StoredFlow | null }>(
    sql`select flow from webhook_stats where webhook_id = ${webhookId}`,
    on,
  );
  return found?.flow ?? null;
}

/** The webhooks whose orders wait for the end of a person's pause. */
export async function findHeldWebhooks(): Promise<Set<number>> {
  const found = await rows<{ id: number }>(
    sql`select id from outgoing_webhooks w where ${isHeldByPerson(sql`w`)}`,
  );
  return new Set(found.map(({ id }) => id));
}

export async function saveFlow(
  tx: Db,
  { webhookId, flow }: { webhookId: number; flow: StoredFlow | null },
): Promise<void> {
  const value = flow === null ? null : JSON.stringify(flow);
  await rows(sql`update webhook_stats set flow = ${value}::json where webhook_id = ${webhookId}`, tx);
}

/** Fails what waits for longer than its webhook outlasts an outage. Returns how many it was, by webhook. */
export function giveUpDeliveries(): Promise<{ webhook_id: number; count: number }[]> {
  return rows<{ webhook_id: number; count: number }>(sql`
    with given_up as (
      update deliveries d set
        state = 'failed', next_attempt_at = null, finished_at = now(),
        refusal = case when s.flow ->> 'down_reason' is null
          then json_build_object('code', 'given_up', 'minutes', w.give_up_after_minutes)
          else json_build_object('code', 'given_up_fault', 'minutes', w.give_up_after_minutes,
            'fault', s.flow -> 'down_reason') end
      from outgoing_webhooks w join webhook_stats s on s.webhook_id = w.id
      where w.give_up_after_minutes > 0 and d.webhook_id = w.id and d.state = 'pending'
        and not ${isHeldByPerson(sql`w`)}
        and greatest(d.created_at, w.resumed_at) < now() - make_interval(mins => w.give_up_after_minutes)
      returning d.webhook_id
    )
    select webhook_id, count(*)::int as count from given_up group by webhook_id`);
}
