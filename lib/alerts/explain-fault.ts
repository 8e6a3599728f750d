import { SECRET_UNREADABLE } from "@/lib/alerts/channels";
import { TelegramRefusalError } from "@/lib/alerts/send-telegram";
import { BlockedAddressError } from "@/lib/outbound/ssrf-guard";
import { type Refusal, refuse } from "@/lib/refusals/refuse";

type Fault = { name: "telegram" | "email"; host: string; error: Error };

const MAX_SAID = 300;

/** Why a channel did not take a message, and what to do about it. `error` is what its `send` threw. */
export function explainAlertFault({ name, host, error }: Fault): Refusal {
  const cause = error.cause instanceof Error ? error.cause : error;
  // The cause still holds what the message no longer does.
  const said = error.message.slice(0, MAX_SAID);
  if (cause instanceof BlockedAddressError) return refuse("alert_blocked", { host });
  if (cause instanceof TelegramRefusalError) return ofTelegram({ cause, said });
  const { code, response } = cause as { code?: unknown; response?: unknown };
  if (code === SECRET_UNREADABLE) return refuse("alert_secret_unreadable", { said });
  const known = typeof code === "string" ? CONNECTION[code] : undefined;
  if (known) return refuse(known, { host });
  if (cause.name === "TimeoutError") return refuse("alert_timeout", { host });
  if (/certificate|self-signed|altnames|\bssl\b|\btls\b/i.test(cause.message))
    return refuse("alert_tls", { host, said });
  if (name === "email" && typeof code === "string") {
    const hasAnswered = typeof response === "string" && response !== "";
    const ofMail = EMAIL[code];
    if (ofMail && (hasAnswered || code !== "EENVELOPE")) return refuse(ofMail, { host, said });
  }
  return refuse("alert_failed", { host, said });
}

const CONNECTION: Record<string, "alert_dns" | "alert_refused" | "alert_timeout" | "alert_unreachable"> = {
  ENOTFOUND: "alert_dns",
  EAI_AGAIN: "alert_dns",
  ETIMEOUT: "alert_dns",
  EDNS: "alert_dns",
  ECONNREFUSED: "alert_refused",
  ETIMEDOUT: "alert_timeout",
  UND_ERR_CONNECT_TIMEOUT: "alert_timeout",
  EHOSTUNREACH: "alert_unreachable",
  ENETUNREACH: "alert_unreachable",
};

const EMAIL: Record<
  string,
  "alert_email_sign_in" | "alert_email_address" | "alert_tls" | "alert_email_protocol"
> = {
  EAUTH: "alert_email_sign_in",
  EENVELOPE: "alert_email_address",
  ETLS: "alert_tls",
  EPROTOCOL: "alert_email_protocol",
};

function ofTelegram({ cause, said }: { cause: TelegramRefusalError; said: string }): Refusal {
  const { status, description } = cause;
  if (description === null) return refuse("alert_telegram_api", { status });
  if (status === 401 || status === 404) return refuse("alert_telegram_token");
  if (status === 403) return refuse("alert_telegram_forbidden", { said });
  if (/chat not found|chat_id is empty|peer/i.test(description)) return refuse("alert_telegram_chat");
  return refuse("alert_failed", { host: "Telegram", said });
}
