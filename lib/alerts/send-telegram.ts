import { request } from "undici";
import type { AlertText } from "@/lib/alerts/alert-text";

const TIMEOUT_MS = 10_000;
const MAX_DESCRIPTION_LENGTH = 300;

export type TelegramSettings = { apiUrl: string; botToken: string; chatId: string };

/**
 * Sends one alert as a bot's message (Telegram Bot API, sendMessage), as plain text so that a webhook's name can
 * format nothing. Throws with Telegram's own description when it does not take it; never with the token.
 */
export async function sendTelegram(settings: TelegramSettings, alert: AlertText): Promise<void> {
  const { apiUrl, botToken, chatId } = settings;
  const { statusCode, body } = await request(`${apiUrl.replace(/\/+$/, "")}/bot${botToken}/sendMessage`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ chat_id: chatId, text: alert.text, link_preview_options: { is_disabled: true } }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`Telegram answered ${statusCode}: ${description(text)}`);
}

function description(text: string): string {
  try {
    const answer = JSON.parse(text) as { description?: unknown };
    if (typeof answer.description === "string") return answer.description.slice(0, MAX_DESCRIPTION_LENGTH);
  } catch {}
  return "its answer is not the Bot API's; check TELEGRAM_API_URL.";
}
