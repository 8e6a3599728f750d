import type { AlertText } from "@/lib/alerts/alert-text";
import type { ChannelName } from "@/lib/alerts/channel-names";
import { sendEmail } from "@/lib/alerts/send-email";
import { sendTelegram } from "@/lib/alerts/send-telegram";
import type { StoredAlertSettings } from "@/lib/alerts/stored-settings";
import { decrypt } from "@/lib/crypto";
import type { Env } from "@/lib/env";
import { redactText } from "@/lib/outbound/redact";
import { messageOf } from "@/lib/text";

/**
 * A way to reach the operators. `send` throws an Error without secrets when the alert was not taken, its cause being
 * what happened; it ends within half a minute.
 */
export type AlertChannel = {
  name: ChannelName;
  source: "environment" | "panel";
  isOn: boolean;
  /** Where it sends, for a sentence. */
  host: string;
  send: (alert: AlertText) => Promise<void>;
};

/** The channels that are set up, each by the environment or else by the panel, also those that are switched off. */
export function alertChannels(settings: Env, stored?: StoredAlertSettings): AlertChannel[] {
  return [
    emailOfEnvironment(settings) ?? emailOfPanel(settings, stored),
    telegramOfEnvironment(settings) ?? telegramOfPanel(settings, stored),
  ].filter((channel) => channel !== null);
}

function emailOfEnvironment({ SMTP_URL, ALERT_EMAIL_FROM: from, ALERT_EMAIL_TO: to }: Env) {
  if (!SMTP_URL || !from || !to) return null;
  const { host, username, password } = new URL(SMTP_URL);
  return channel({
    name: "email",
    source: "environment",
    host,
    secret: () => decodeURIComponent(password),
    written: (opened) => asSignedIn({ user: decodeURIComponent(username), password: opened }),
    send: (_, alert) => sendEmail({ server: { url: SMTP_URL }, allow: null, from, to }, alert),
  });
}

function emailOfPanel({ OUTBOUND_ALLOW: allow }: Env, stored?: StoredAlertSettings) {
  if (!stored?.email) return null;
  const { fields, secret_enc } = stored.email;
  const { is_on, from, to, host, port, security, user } = fields;
  return channel({
    name: "email",
    source: "panel",
    isOn: is_on,
    host: `${host}:${port}`,
    secret: () => (secret_enc === null ? "" : decrypt(secret_enc)),
    written: (password) => asSignedIn({ user, password }),
    send: (password, alert) =>
      sendEmail({ server: { host, port, security, user, password }, allow, from, to }, alert),
  });
}

function telegramOfEnvironment(settings: Env) {
  const { TELEGRAM_BOT_TOKEN: botToken, TELEGRAM_CHAT_ID: chatId, TELEGRAM_API_URL: apiUrl } = settings;
  if (!botToken || !chatId) return null;
  return channel({
    name: "telegram",
    source: "environment",
    host: new URL(apiUrl).host,
    secret: () => botToken,
    send: (_, alert) => sendTelegram({ apiUrl, botToken, chatId, allow: null }, alert),
  });
}

function telegramOfPanel({ OUTBOUND_ALLOW, TELEGRAM_API_URL }: Env, stored?: StoredAlertSettings) {
  if (!stored?.telegram) return null;
  const { fields, secret_enc } = stored.telegram;
  // The server's own address is the operator's, whom the guard does not bind.
  const apiUrl = fields.api_url || TELEGRAM_API_URL;
  const allow = fields.api_url ? OUTBOUND_ALLOW : null;
  return channel({
    name: "telegram",
    source: "panel",
    isOn: fields.is_on,
    host: new URL(apiUrl).host,
    secret: () => (secret_enc === null ? "" : decrypt(secret_enc)),
    send: (botToken, alert) => sendTelegram({ apiUrl, botToken, chatId: fields.chat_id, allow }, alert),
  });
}

type NewChannel = Omit<AlertChannel, "send" | "isOn"> & {
  isOn?: boolean;
  secret: () => string;
  /** The ways in which the secret goes over the wire, beside itself. */
  written?: (secret: string) => string[];
  send: (secret: string, alert: AlertText) => Promise<void>;
};

// A secret that cannot be opened fails its own channel, and only when it is used.
function channel({ secret, written = () => [], send, isOn = true, ...rest }: NewChannel): AlertChannel {
  return {
    ...rest,
    isOn,
    send: async (alert) => {
      const opened = open(secret);
      await withoutSecrets([opened, ...written(opened)], () => send(opened, alert));
    },
  };
}

/** What marks an error of a secret that ENCRYPTION_KEY does not open. */
export const SECRET_UNREADABLE = "SECRET_UNREADABLE";

function open(secret: () => string): string {
  try {
    return secret();
  } catch (error) {
    const message = messageOf(error);
    throw Object.assign(new Error(message), { code: SECRET_UNREADABLE });
  }
}

// AUTH LOGIN and AUTH PLAIN (RFC 4616).
function asSignedIn({ user, password }: { user: string; password: string }): string[] {
  return [password, `\0${user}\0${password}`].map((text) => Buffer.from(text).toString("base64"));
}

// A server's refusal can quote what it was sent, and it ends in the log.
async function withoutSecrets(secrets: string[], send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    const message = redactText(messageOf(error), secrets);
    throw new Error(message, { cause: error });
  }
}
