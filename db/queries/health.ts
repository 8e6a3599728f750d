import { type SQL, sql } from "drizzle-orm";
import { rows } from "@/db/client";
import type { StoredFlow } from "@/db/stored-flow";
import type { StoredPause } from "@/db/stored-pause";

/** What tells how a webhook does. The last two count its requests of the last 24 hours, tests aside. */
export type HealthRow = {
  id: number;
  is_active: boolean;
  deactivated_reason: string | null;
  consecutive_failures: number;
  flow: StoredFlow | null;
  pause: StoredPause | null;
  recent_sent: number;
  recent_failed: number;
};

/** Of every webhook. */
export function selectHealth(): Promise<HealthRow[]> {
  return rows<HealthRow>(sql`
    select w.id, w.is_active, w.deactivated_reason, coalesce(s.consecutive_failures, 0) as consecutive_failures, s.flow,
           w.pause, ${RECENT}
    from outgoing_webhooks w left join webhook_stats s on s.webhook_id = w.id cross join lateral ${recentOf(sql`w.id`)}
    order by w.id`);
}

/** The columns of `recentOf`. */
export const RECENT: SQL = sql`recent.recent_sent, recent.recent_failed`;

/** The requests of a webhook in the last 24 hours, from the charts' five-minute rows; to be joined laterally. */
export function recentOf(webhookId: SQL): SQL {
  return sql`(
    select coalesce(sum(i.succeeded + i.failed), 0)::int as recent_sent, coalesce(sum(i.failed), 0)::int as recent_failed
    from webhook_intervals i
    where i.webhook_id = ${webhookId} and i.starts_at > now() - interval '24 hours') as recent`;
}
