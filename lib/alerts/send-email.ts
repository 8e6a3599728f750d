import { createTransport } from "nodemailer";
import type { AlertText } from "@/lib/alerts/alert-text";

const TIMEOUT_MS = 10_000;

export type EmailSettings = { smtpUrl: string; from: string; to: string };

/**
 * Sends one alert over SMTP, to every address of `to` (a comma between them). `smtpUrl` is
 * smtp[s]://user:password@host:port. Throws when the server does not take it within 10 s a step.
 */
export async function sendEmail({ smtpUrl, from, to }: EmailSettings, alert: AlertText): Promise<void> {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    dnsTimeout: TIMEOUT_MS,
  });
  try {
    await transport.sendMail({
      from,
      to,
      subject: alert.subject,
      text: alert.text,
      headers: { "Auto-Submitted": "auto-generated" },
    });
  } finally {
    transport.close();
  }
}
