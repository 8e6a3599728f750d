import { type AlertRow, saveTold, selectAlertRows } from "@/db/queries/alerts";
import { type AlertState, stateToTell } from "@/lib/alerts/alert-state";
import { alertText, MAX_CHANGES } from "@/lib/alerts/alert-text";
import { type AlertChannel, alertChannels } from "@/lib/alerts/channels";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import { lastFault } from "@/lib/log/last-faults";
import { logger } from "@/lib/logger";

type Change = { row: AlertRow; state: AlertState };

/**
 * Tells each alert channel of the webhooks that began to fail, were switched off by the product or recovered
 * since it was last told. What a channel does not take is logged and told again at the next check; a crash just
 * after a message can repeat it. Returns how many changes were told.
 */
export async function checkAlerts({
  channels = alertChannels(env()),
  now = new Date(),
}: {
  channels?: AlertChannel[];
  now?: Date;
} = {}): Promise<number> {
  const told = await Promise.all(channels.map((channel) => tellChannel({ channel, now })));
  return told.reduce((sum, count) => sum + count, 0);
}

async function tellChannel({ channel, now }: { channel: AlertChannel; now: Date }): Promise<number> {
  const changes = changesOf({ rows: await selectAlertRows(channel.name), now });
  let told = 0;
  try {
    for (; told < changes.length; told += MAX_CHANGES) {
      await tell({ channel, changes: changes.slice(told, told + MAX_CHANGES), now });
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const webhookIds = changes.slice(told).map(({ row }) => row.webhookId);
    logger.warn({ channel: channel.name, webhookIds, reason }, "an alert was not taken; it is sent again");
  }
  return Math.min(told, changes.length);
}

function changesOf({ rows, now }: { rows: AlertRow[]; now: Date }): Change[] {
  return rows.flatMap((row) => {
    const isTold = row.toldState !== null && row.toldAt !== null;
    const told = isTold ? { state: row.toldState as AlertState, at: row.toldAt as Date } : null;
    const state = stateToTell({ subject: row, told, now });
    return state === null ? [] : [{ row, state }];
  });
}

type Telling = { channel: AlertChannel; changes: Change[]; now: Date };

async function tell({ channel, changes, now }: Telling): Promise<void> {
  const described = await Promise.all(
    changes.map(async ({ row, state }) => ({
      ...row,
      state,
      errorCode: state === "failing" ? await errorCodeOf(row) : null,
    })),
  );
  await channel.send(alertText({ changes: described, appUrl: env().APP_URL }));
  const told = changes.map(({ row, state }) => ({ webhook_id: row.webhookId, state }));
  await saveTold({ channel: channel.name, told, at: now });
  logger.info({ channel: channel.name, told }, "an alert was sent");
}

async function errorCodeOf({ webhookId }: AlertRow): Promise<string | null> {
  return (await lastFault({ actor: SYSTEM_ACTOR, id: webhookId }))?.code ?? null;
}
