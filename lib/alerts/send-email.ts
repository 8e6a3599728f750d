import type { Socket } from "node:net";
import { createTransport } from "nodemailer";
import type SMTPTransport from "nodemailer/lib/smtp-transport/index.js";
import { buildConnector } from "undici";
import type { AlertText } from "@/lib/alerts/alert-text";
import type { EmailSecurity } from "@/lib/alerts/channel-names";
import { guardedConnector, type OutboundAllow } from "@/lib/outbound/ssrf-guard";

const TIMEOUT_MS = 10_000;
const WHOLE_TIMEOUT_MS = 30_000;
const PORTS = { smtps: 465, smtp: 587 };

export type EmailSettings = {
  server:
    | { url: string }
    | {
        host: string;
        port: number;
        security: EmailSecurity;
        user: string;
        password: string;
      };
  from: string;
  to: string;
  /** What the connection's guard opens beside the public internet; null for no guard. */
  allow: OutboundAllow | null;
};

/**
 * Sends one alert over SMTP, to every address of `to` (a comma between them). A `url` is
 * smtp[s]://user:password@host:port. Throws when the server does not take it within 10 s a step, 30 s in all.
 */
export async function sendEmail({ server, from, to, allow }: EmailSettings, alert: AlertText): Promise<void> {
  const opened: Socket[] = [];
  const options: SMTPTransport.Options = {
    ...("url" in server ? server : withPassword(server)),
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    getSocket: ({ host = "localhost", port, secure }, callback) => {
      const defaultPort = secure ? PORTS.smtps : PORTS.smtp;
      openSocket({ host, port: Number(port ?? defaultPort), allow }).then(
        (connection) => {
          opened.push(connection);
          callback(null, { connection });
        },
        (error: Error) => callback(error, null),
      );
    },
  };
  const transport = createTransport(options);
  // A server that sends a byte now and then is never silent for long.
  const timer = setTimeout(() => {
    for (const socket of opened) socket.destroy(timedOut());
  }, WHOLE_TIMEOUT_MS);
  try {
    await transport.sendMail({
      from,
      to,
      subject: alert.subject,
      text: alert.text,
      headers: { "Auto-Submitted": "auto-generated" },
    });
  } finally {
    clearTimeout(timer);
    transport.close();
    for (const socket of opened) socket.destroy();
  }
}

type Server = Exclude<EmailSettings["server"], { url: string }>;

function withPassword({ host, port, security, user, password }: Server) {
  return {
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ...(user === "" ? {} : { auth: { user, pass: password } }),
  };
}

type Address = { host: string; port: number; allow: OutboundAllow | null };

function openSocket({ host, port, allow }: Address): Promise<Socket> {
  const connect =
    allow === null
      ? buildConnector({ timeout: TIMEOUT_MS })
      : guardedConnector({ allow, timeoutMs: TIMEOUT_MS });
  return new Promise((resolve, reject) => {
    // «http:» is plain TCP: the mail library makes it TLS where that is asked for.
    const to = { hostname: host, host, port: String(port), protocol: "http:" };
    // Without a socket the mail library would connect by itself, past the guard: of an error it gets none.
    connect(to, (error, socket) => (error === null && socket ? resolve(socket) : reject(error)));
  });
}

function timedOut(): Error {
  return Object.assign(new Error(`not done within ${WHOLE_TIMEOUT_MS / 1000} s`), { code: "ETIMEDOUT" });
}
