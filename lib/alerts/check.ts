import { deleteAlertFault } from "@/db/queries/alert-faults";
import {
  type AlertRow,
  countRecovery,
  saveTold,
  selectAlertRows,
  selectRequestCounts,
} from "@/db/queries/alerts";
import { countWaiting } from "@/db/queries/backlogs";
import { type GivenUpRow, saveGivenUpTold, selectGivenUp } from "@/db/queries/given-up";
import { type AlertState, type LastHour, stateToTell } from "@/lib/alerts/alert-state";
import { type AlertChange, alertText, MAX_CHANGES } from "@/lib/alerts/alert-text";
import { type AlertChannel, alertChannels } from "@/lib/alerts/channels";
import { givenUpText, MAX_WEBHOOKS, NAMED_ORDERS } from "@/lib/alerts/given-up-text";
import { noteAlertFault } from "@/lib/alerts/note-fault";
import type { AlertRules } from "@/lib/alerts/rules";
import { readAlertSettings } from "@/lib/alerts/stored-settings";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import type { Locale } from "@/lib/i18n/locales";
import { lastFault } from "@/lib/log/last-faults";
import { logger } from "@/lib/logger";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";
import { messageOf } from "@/lib/text";

type Change = { row: AlertRow; state: AlertState; lastHour: LastHour | null };
type LastHours = Map<number, LastHour>;

// Orders that are given up one by one share messages.
const GIVEN_UP_QUIET_SECONDS = 5 * 60;

/**
 * Tells each alert channel of the webhooks that began to fail, went down, were switched off by the product or
 * recovered since it was last told, and of the orders that were given up. What a channel does not take is logged, noted
 * and told again at the next check; a crash just after a message can repeat it. Returns how many changes and webhooks
 * with such orders were told.
 */
export async function checkAlerts({
  channels,
  now = new Date(),
}: {
  channels?: AlertChannel[];
  now?: Date;
} = {}): Promise<number> {
  const stored = await readAlertSettings();
  const { rules } = stored;
  const { language } = rules;
  const using = channels ?? alertChannels(env(), stored).filter(({ isOn }) => isOn);
  const lastHours = rules.success_rate_below === 0 || using.length === 0 ? null : await countLastHour(now);
  const told = await Promise.all(
    using.map(async (channel) => {
      const rows = await selectAlertRows(channel.name);
      const changes = changesOf({ rows, now, rules, lastHours });
      const ofChanges = await tellInTurn({
        channel,
        items: changes,
        size: MAX_CHANGES,
        tell: (some) => tellChanges({ channel, changes: some, now, language }),
      });
      const ofGivenUp = await tellInTurn({
        channel,
        items: rules.kinds.given_up ? await readGivenUp(channel) : [],
        size: MAX_WEBHOOKS,
        tell: (rows) => tellGivenUp({ channel, rows, language }),
      });
      return ofChanges + ofGivenUp;
    }),
  );
  return told.reduce((sum, count) => sum + count, 0);
}

type InTurn<Item> = {
  channel: AlertChannel;
  items: Item[];
  size: number;
  tell: (items: Item[]) => Promise<void>;
};

/** Tells of `size` items a message; returns of how many until one was not taken. */
async function tellInTurn<Item>({ channel, items, size, tell }: InTurn<Item>): Promise<number> {
  let told = 0;
  try {
    for (; told < items.length; told += size) await tell(items.slice(told, told + size));
    if (told > 0) await deleteAlertFault(channel.name);
  } catch (error) {
    await noteAlertFault({ channel, error });
    const reason = messageOf(error);
    const untold = items.length - told;
    logger.warn({ channel: channel.name, untold, reason }, "an alert was not taken; it is sent again");
  }
  return Math.min(told, items.length);
}

function readGivenUp({ name }: AlertChannel): Promise<GivenUpRow[]> {
  return selectGivenUp({ channel: name, quietSeconds: GIVEN_UP_QUIET_SECONDS, numbers: NAMED_ORDERS });
}

async function countLastHour(now: Date): Promise<LastHours> {
  const counted = await selectRequestCounts(new Date(now.getTime() - 60 * 60 * 1000));
  return new Map(counted.map(({ webhook_id, sent, failed }) => [webhook_id, { sent, failed }]));
}

type Judging = { rows: AlertRow[]; now: Date; rules: AlertRules; lastHours: LastHours | null };

function changesOf({ rows, now, rules, lastHours }: Judging): Change[] {
  return rows.flatMap((row) => {
    const isTold = row.toldState !== null && row.toldAt !== null;
    const told = isTold ? { state: row.toldState as AlertState, at: row.toldAt as Date } : null;
    const lastHour = lastHours?.get(row.webhookId) ?? null;
    const state = stateToTell({ subject: { ...row, lastHour }, told, now, rules });
    if (state === null) return [];
    const isByRate = state === "failing" && row.consecutiveFailures < rules.failures_in_row;
    return [{ row, state, lastHour: isByRate ? lastHour : null }];
  });
}

type Telling = { channel: AlertChannel; changes: Change[]; now: Date; language: Locale };

async function tellChanges({ channel, changes, now, language }: Telling): Promise<void> {
  const described = await Promise.all(changes.map(describe));
  await channel.send(alertText({ changes: described, appUrl: env().APP_URL, language }));
  const told = changes.map(({ row, state }) => ({ webhook_id: row.webhookId, state }));
  await saveTold({ channel: channel.name, told, at: now });
  logger.info({ channel: channel.name, told }, "an alert was sent");
}

async function describe({ row, state, lastHour }: Change): Promise<AlertChange> {
  const { webhookId, flow, toldState, toldAt } = row;
  const isUpAgain = state === "ok" && toldState === "down" && toldAt !== null;
  return {
    ...row,
    state,
    lastHour,
    downSince: flow?.down_since ? new Date(flow.down_since) : null,
    errorCode: state === "failing" || state === "down" ? await errorCodeOf(row) : null,
    waiting: await countWaiting(webhookId),
    recovery: isUpAgain
      ? await countRecovery({ webhookId, since: toldAt, eventNames: ORDER_EVENT_NAMES })
      : null,
  };
}

type TellingGivenUp = { channel: AlertChannel; rows: GivenUpRow[]; language: Locale };

async function tellGivenUp({ channel, rows, language }: TellingGivenUp): Promise<void> {
  await channel.send(givenUpText({ rows, appUrl: env().APP_URL, language }));
  await saveGivenUpTold({ channel: channel.name, told: rows });
  const told = rows.map(({ webhook_id, orders }) => ({ webhook_id, orders }));
  logger.info({ channel: channel.name, told }, "an alert of orders that were given up was sent");
}

async function errorCodeOf({ webhookId }: AlertRow): Promise<string | null> {
  return (await lastFault({ actor: SYSTEM_ACTOR, id: webhookId }))?.code ?? null;
}
