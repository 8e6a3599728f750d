import { selectAlertFaults } from "@/db/queries/alert-faults";
import type { EmailFields, TelegramFields } from "@/lib/alerts/channel-fields";
import type { ChannelName } from "@/lib/alerts/channel-names";
import type { AlertRules } from "@/lib/alerts/rules";
import { readAlertSettings } from "@/lib/alerts/stored-settings";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import type { Refusal } from "@/lib/refusals/refuse";

/** A channel without its secret: as the environment sets it up, as the panel does, or not set up. */
export type ChannelView<Fields> = SetUp<Fields> & { fault: ChannelFault | null };

/** Why it took nothing the last time, and since when. */
export type ChannelFault = { since: Date; refusal: Refusal };

type SetUp<Fields> =
  | {
      source: "environment";
      facts: { label: "chat_id" | "api_url" | "host" | "user" | "from" | "to"; value: string }[];
    }
  | { source: "panel"; fields: Fields; hasSecret: boolean }
  | { source: null };

export type AlertSettingsView = {
  telegram: ChannelView<TelegramFields>;
  email: ChannelView<EmailFields>;
  rules: AlertRules;
};

/** How alerts are set up, and by whom. Admins only; secrets only as set or not. */
export async function getAlertSettings({ actor }: { actor: Actor }): Promise<AlertSettingsView> {
  requireRole(actor, "admin");
  const [{ telegram, email, rules }, rows] = await Promise.all([readAlertSettings(), selectAlertFaults()]);
  const faultOf = (name: ChannelName): ChannelFault | null => {
    const row = rows.find(({ channel }) => channel === name);
    return row ? { since: row.since, refusal: row.fault as Refusal } : null;
  };
  return {
    telegram: { ...(telegramOfEnvironment() ?? ofPanel(telegram)), fault: faultOf("telegram") },
    email: { ...(emailOfEnvironment() ?? ofPanel(email)), fault: faultOf("email") },
    rules,
  };
}

type Stored<Fields> = { fields: Fields; secret_enc: string | null } | null;

function ofPanel<Fields>(stored: Stored<Fields>): SetUp<Fields> {
  if (stored === null) return { source: null };
  return { source: "panel", fields: stored.fields, hasSecret: stored.secret_enc !== null };
}

function telegramOfEnvironment(): SetUp<never> | null {
  const { TELEGRAM_BOT_TOKEN, TELEGRAM_CHAT_ID, TELEGRAM_API_URL } = env();
  if (!TELEGRAM_BOT_TOKEN || !TELEGRAM_CHAT_ID) return null;
  return {
    source: "environment",
    facts: [
      { label: "chat_id", value: TELEGRAM_CHAT_ID },
      { label: "api_url", value: new URL(TELEGRAM_API_URL).host },
    ],
  };
}

function emailOfEnvironment(): SetUp<never> | null {
  const { SMTP_URL, ALERT_EMAIL_FROM, ALERT_EMAIL_TO } = env();
  if (!SMTP_URL || !ALERT_EMAIL_FROM || !ALERT_EMAIL_TO) return null;
  const { host, username } = new URL(SMTP_URL);
  return {
    source: "environment",
    facts: [
      { label: "host", value: host },
      ...(username ? [{ label: "user" as const, value: decodeURIComponent(username) }] : []),
      { label: "from", value: ALERT_EMAIL_FROM },
      { label: "to", value: ALERT_EMAIL_TO },
    ],
  };
}
