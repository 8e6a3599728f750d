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
      lastSentAt: webhookStats.last_sent_at,
      lastSuccessAt: webhookStats.last_success_at,
      toldState: webhookAlerts.state,
      toldAt: webhookAlerts.toldAt,
    })
    .from(outgoingWebhooks)
    .innerJoin(webhookStats, eq(webhookStats.webhook_id, outgoingWebhooks.id))
    .leftJoin(
      webhookAlerts,
      sql`${webhookAlerts.webhookId} = ${outgoingWebhooks.id} and ${webhookAlerts.channel} = ${channel}`,
    )
    .orderBy(outgoingWebhooks.id);
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
