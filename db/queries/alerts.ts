import { eq, sql } from "drizzle-orm";
import { db, rows } from "@/db/client";
import { outgoingWebhooks, webhookAlerts, webhookStats } from "@/db/schema";

export type AlertRow = Awaited<ReturnType<typeof selectAlertRows>>[number];

/** Every webhook with what alerts depend on and what `channel` was last told of it. */
export function selectAlertRows(channel: string) {
  return db()
    .select({
      webhookId: outgoingWebhooks.id,
      name: outgoingWebhooks.name,
      isActive: outgoingWebhooks.is_active,
      deactivatedReason: outgoingWebhooks.deactivated_reason,
      consecutiveFailures: webhookStats.consecutive_failures,
      flow: webhookStats.flow,
      giveUpAfterMinutes: outgoingWebhooks.give_up_after_minutes,
      lastSentAt: webhookStats.last_sent_at,
      lastSuccessAt: webhookStats.last_success_at,
      toldState: webhookAlerts.state,
      toldAt: webhookAlerts.told_at,
    })
    .from(outgoingWebhooks)
    .innerJoin(webhookStats, eq(webhookStats.webhook_id, outgoingWebhooks.id))
    .leftJoin(
      webhookAlerts,
      sql`${webhookAlerts.webhook_id} = ${outgoingWebhooks.id} and ${webhookAlerts.channel} = ${channel}`,
    )
    .orderBy(outgoingWebhooks.id);
}

export type LastHourRow = { webhook_id: number; sent: number; failed: number };

/** Each webhook's requests since `since`, to five minutes. */
export function selectRequestCounts(since: Date): Promise<LastHourRow[]> {
  return rows<LastHourRow>(sql`
    select webhook_id, sum(succeeded + failed)::int as sent, sum(failed)::int as failed
    from webhook_intervals where starts_at >= ${since.toISOString()}::timestamptz group by webhook_id`);
}

/** Notes what a channel was told; of a webhook that is gone by now nothing is noted. */
export async function saveTold(input: {
  channel: string;
  told: { webhook_id: number; state: string }[];
  at: Date;
}): Promise<void> {
  await rows(sql`
    insert into webhook_alerts (webhook_id, channel, state, told_at)
    select w.id, ${input.channel}, x.state, ${input.at.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(input.told)}::json) as x(webhook_id int, state text)
    join outgoing_webhooks w on w.id = x.webhook_id
    on conflict (webhook_id, channel) do update set state = excluded.state, told_at = excluded.told_at`);
}

export type Recovery = { delivered: number; failed: number };

// Nothing waits for longer than a week (give_up_after_minutes), and a retry may be an hour off.
const LONGEST_WAIT = sql.raw("interval '8 days'");

/** The requests that a webhook took since `since`, and the deliveries that ended as failed. */
export async function countRecovery(input: {
  webhookId: number;
  since: Date;
  eventNames: readonly string[];
}): Promise<Recovery> {
  const since = sql`${input.since.toISOString()}::timestamptz`;
  const [counted] = await rows<Recovery>(sql`
    with first as materialized (
      select id from outgoing_webhook_logs where created_at >= ${since} order by created_at limit 1
    )
    select (
      select count(*)::int from json_array_elements_text(${JSON.stringify(input.eventNames)}::json) as name
      cross join first join outgoing_webhook_logs l
        on l.webhook_id = ${input.webhookId} and l.event_type = name and l.success and (l.id + 0) >= first.id
    ) as delivered, (
      select count(*)::int from deliveries d
      where d.webhook_id = ${input.webhookId} and d.state = 'failed'
        and d.created_at >= ${since} - ${LONGEST_WAIT} and d.finished_at >= ${since}
    ) as failed`);
  return counted ?? { delivered: 0, failed: 0 };
}
