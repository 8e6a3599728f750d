import { Agent, type Dispatcher, request } from "undici";
import type { AlertText } from "@/lib/alerts/alert-text";
import { objectIn, parsedJson } from "@/lib/json-object";
import { guardedConnector, type OutboundAllow } from "@/lib/outbound/ssrf-guard";

const TIMEOUT_MS = 10_000;
const MAX_DESCRIPTION_LENGTH = 300;
const MAX_ANSWER_LENGTH = 64 * 1024;

export type TelegramSettings = {
  apiUrl: string;
  botToken: string;
  chatId: string;
  /** What the connection's guard opens beside the public internet; null for no guard. */
  allow: OutboundAllow | null;
};

/** What the Bot API answered instead of taking a message. */
export class TelegramRefusalError extends Error {
  override readonly name = "TelegramRefusalError";

  constructor(
    readonly status: number,
    /** Telegram's own words; null where the answer is not the Bot API's. */
    readonly description: string | null,
  ) {
    const said = description ?? "its answer is not the Bot API's; check TELEGRAM_API_URL.";
    super(`Telegram answered ${status}: ${said}`);
  }
}

/**
 * Sends one alert as a bot's message (Telegram Bot API, sendMessage), as plain text so that a webhook's name can
 * format nothing. Throws a TelegramRefusalError with Telegram's own description when it does not take it, and whatever
 * the connection failed with; ends within 10 s.
 */
export async function sendTelegram(settings: TelegramSettings, alert: AlertText): Promise<void> {
  const { apiUrl, botToken, chatId, allow } = settings;
  const agent = new Agent({
    connect: allow === null ? { timeout: TIMEOUT_MS } : guardedConnector({ allow, timeoutMs: TIMEOUT_MS }),
  });
  try {
    const { statusCode, body } = await request(`${apiUrl.replace(/\/+$/, "")}/bot${botToken}/sendMessage`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        chat_id: chatId,
        text: alert.text,
        link_preview_options: { is_disabled: true },
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      dispatcher: agent,
    });
    const text = await beginning(body);
    if (statusCode !== 200) throw new TelegramRefusalError(statusCode, description(text));
  } finally {
    await agent.destroy();
  }
}

async function beginning(body: Dispatcher.ResponseData["body"]): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_ANSWER_LENGTH) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

function description(text: string): string | null {
  const said = objectIn(parsedJson(text)).description;
  return typeof said === "string" ? said.slice(0, MAX_DESCRIPTION_LENGTH) : null;
}
