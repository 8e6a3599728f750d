import { z } from "zod";
import { LOG_LEVELS, logLevelOf } from "@/lib/log-level";
import { parseOutboundAllow } from "@/lib/outbound/ssrf-guard";
import { messageOf } from "@/lib/text";

const flag = z
  .enum(["true", "false", "1", "0", ""], { error: "expected true or false" })
  .default("false")
  .transform((value) => value === "true" || value === "1");

const optionalText = z
  .string()
  .optional()
  .transform((value) => value?.trim() || undefined);

/** What comes in a header: another letter would never arrive as it was given. */
const headerText = optionalText.pipe(
  z
    .string()
    .regex(
      /^[\x20-\x7e]+$/,
      "goes into a header: only Latin letters, digits and signs; make one with openssl rand -hex 24",
    )
    .optional(),
);

/** An address of which only the origin is kept: a path, a query or a user would be dropped without a word. */
const origin = optionalText
  .pipe(
    z
      .url({ protocol: /^https?$/, error: "expected http://… or https://…" })
      .refine(
        isOrigin,
        "only the scheme, the name and the port can be kept, like https://webhooks.example.com",
      )
      .optional(),
  )
  .transform((url) => url && new URL(url).origin);

const SMTP_EXPECTED =
  "expected smtp://user:password@host:587 or smtps://…; in the user and the password write @ : / ? # % and spaces as %40 %3A %2F %3F %23 %25 %20";

// A channel for alerts that lacks a setting would be silent just when it matters, and Inngest needs both its keys.
const TOGETHER = [
  ["SMTP_URL", "ALERT_EMAIL_FROM", "ALERT_EMAIL_TO"],
  ["ALERT_EMAIL_FROM", "SMTP_URL"],
  ["ALERT_EMAIL_TO", "SMTP_URL"],
  ["TELEGRAM_BOT_TOKEN", "TELEGRAM_CHAT_ID"],
  ["TELEGRAM_CHAT_ID", "TELEGRAM_BOT_TOKEN"],
  ["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"],
  ["INNGEST_SIGNING_KEY", "INNGEST_EVENT_KEY"],
] as const;

/** Every setting the product reads; the README's table and .env.example are checked against it. */
export const Env = z
  .object({
    PORT: wholeNumber({ min: 1, max: 65_535 }).default(3000),
    HOST: z.string().default("0.0.0.0"),
    DATA_DIR: z.string().default(".data"),
    DATABASE_URL: optionalText,
    APP_URL: origin,
    NEXTAUTH_SECRET: optionalText,
    ENCRYPTION_KEY: optionalText.pipe(
      z
        .string()
        .refine(
          (text) => text.split(",").every(isKey),
          "must be 32 bytes in base64 or hex, older keys after a comma; make one with: openssl rand -base64 32",
        )
        .optional(),
    ),
    EVENT_KEY: optionalText.pipe(
      z
        .string()
        .regex(
          /^[\w.~-]+$/,
          "goes into the path /e/{EVENT_KEY}: only letters A-Z a-z, digits and - . _ ~; make one with openssl rand -hex 18",
        )
        .refine((key) => !/^\.{1,2}$/.test(key), "must not be one or two dots, which a path drops")
        .optional(),
    ),
    // Asked for without the word, which some senders write before it.
    IIKO_AUTH_TOKEN: headerText.transform((token) => token?.replace(/^Bearer +/i, "")),
    IIKO_UTC_OFFSET: z
      .string()
      .regex(
        /^[+-](0\d|1[0-4]):[0-5]\d$/,
        "expected the offset from UTC of the restaurants' clocks, like +03:00",
      )
      .default("+03:00"),
    ADMIN_EMAIL: optionalText,
    ADMIN_PASSWORD: optionalText,
    BOOTSTRAP_API_TOKEN: headerText,
    INNGEST_DEV: optionalText.transform((text) => (text === "0" || text === "false" ? undefined : text)),
    INNGEST_BASE_URL: optionalText.pipe(
      z.url({ protocol: /^https?$/, error: "expected http://… or https://…" }).optional(),
    ),
    INNGEST_EVENT_KEY: optionalText,
    INNGEST_SIGNING_KEY: optionalText,
    INNGEST_SERVE_ORIGIN: origin,
    OUTBOUND_ALLOW: z.string().default("").transform(parsedAllow),
    REQUIRE_HTTPS: flag,
    WEBHOOK_CONCURRENCY: wholeNumber({ min: 1, max: 100 }).default(8),
    LOG_RETENTION_DAYS: wholeNumber({ min: 1, max: 3650 }).default(30),
    LOG_LEVEL: z
      .string()
      .transform(logLevelOf)
      .pipe(z.enum(LOG_LEVELS, { error: `expected one of ${LOG_LEVELS.join(", ")}` }))
      .default("info"),
    METRICS_TOKEN: headerText,
    SMTP_URL: optionalText.pipe(z.string().refine(isSmtpUrl, SMTP_EXPECTED).optional()),
    ALERT_EMAIL_FROM: optionalText,
    ALERT_EMAIL_TO: optionalText,
    TELEGRAM_BOT_TOKEN: optionalText,
    TELEGRAM_CHAT_ID: optionalText,
    TELEGRAM_API_URL: z
      .url({ protocol: /^https?$/, error: "expected http://… or https://…" })
      .default("https://api.telegram.org"),
  })
  .superRefine((settings, context) => {
    for (const [given, ...needed] of TOGETHER) {
      for (const name of needed) {
        if (!settings[given] || settings[name]) continue;
        context.addIssue({ code: "custom", path: [name], message: `is needed, because ${given} is set` });
      }
    }
  });
export type Env = z.infer<typeof Env>;

function isKey(text: string): boolean {
  const key = text.trim();
  return /^[\da-f]{64}$/i.test(key) || Buffer.from(key, "base64").length === 32;
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { pathname, search, hash, username, password } = new URL(text);
  return pathname === "/" && `${search}${hash}${username}${password}` === "" && !/[?#@]/.test(text);
}

/** A password with a bare /, ? or # ends the name of the server early, and with a bare % it cannot be decoded. */
function isSmtpUrl(text: string): boolean {
  const authority = /^smtps?:\/\/([^/?#]+)\/?(\?[\w=&.%-]*)?$/i.exec(text)?.[1];
  if (authority === undefined || authority.split("@").length > 2 || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

function wholeNumber({ min, max }: { min: number; max: number }) {
  return z
    .string()
    .transform(Number)
    .refine(
      (number) => Number.isInteger(number) && number >= min && number <= max,
      `expected a whole number from ${min} to ${max}`,
    );
}

function parsedAllow(text: string, context: z.RefinementCtx) {
  try {
    return parseOutboundAllow(text);
  } catch (error) {
    const message = messageOf(error);
    context.addIssue({ code: "custom", message: message.replace(/^OUTBOUND_ALLOW: /, "") });
    return z.NEVER;
  }
}

let parsed: Env | undefined;

/** The environment, read once. Throws one Error that lists every bad setting with what is allowed. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** For tests that change process.env. */
export function forgetEnv(): void {
  parsed = undefined;
}

export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.keys(Env.shape).map((name) => [name, source[name]?.trim() || undefined]),
  );
  // `docker run --env-file` hands quotes on as a part of the value.
  const quoted = Object.keys(given).filter((name) => /^(["']).*\1$/s.test(given[name] ?? ""));
  if (quoted.length > 0) {
    throw new Error(`The environment is not usable: leave out the quotes around ${quoted.join(", ")}.`);
  }
  const result = Env.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not usable:\n${lines.join("\n")}`);
}
