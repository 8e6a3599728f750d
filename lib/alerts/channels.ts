import type { AlertText } from "@/lib/alerts/alert-text";
import { sendEmail } from "@/lib/alerts/send-email";
import { sendTelegram } from "@/lib/alerts/send-telegram";
import type { Env } from "@/lib/env";
import { redactText } from "@/lib/outbound/redact";

/** A way to reach the operators. `send` throws an Error without secrets when the alert was not taken. */
export type AlertChannel = { name: "email" | "telegram"; send: (alert: AlertText) => Promise<void> };

/** The channels that the environment sets up; none by default. */
export function alertChannels(settings: Env): AlertChannel[] {
  const channels: AlertChannel[] = [];
  const { SMTP_URL, ALERT_EMAIL_FROM, ALERT_EMAIL_TO } = settings;
  if (SMTP_URL && ALERT_EMAIL_FROM && ALERT_EMAIL_TO) {
    const email = { smtpUrl: SMTP_URL, from: ALERT_EMAIL_FROM, to: ALERT_EMAIL_TO };
    const secrets = [decodeURIComponent(new URL(SMTP_URL).password)];
    channels.push({
      name: "email",
      send: (alert) => withoutSecrets(secrets, () => sendEmail(email, alert)),
    });
  }
  const { TELEGRAM_BOT_TOKEN, TELEGRAM_CHAT_ID, TELEGRAM_API_URL } = settings;
  if (TELEGRAM_BOT_TOKEN && TELEGRAM_CHAT_ID) {
    const bot = { apiUrl: TELEGRAM_API_URL, botToken: TELEGRAM_BOT_TOKEN, chatId: TELEGRAM_CHAT_ID };
    channels.push({
      name: "telegram",
      send: (alert) => withoutSecrets([TELEGRAM_BOT_TOKEN], () => sendTelegram(bot, alert)),
    });
  }
  return channels;
}

// A server's refusal can quote what it was sent, and it ends in the log.
async function withoutSecrets(secrets: string[], send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    throw new Error(redactText(error instanceof Error ? error.message : String(error), secrets));
  }
}
