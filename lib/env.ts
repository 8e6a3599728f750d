import { z } from "zod";
import { parseOutboundAllow } from "@/lib/outbound/ssrf-guard";

const flag = z
  .enum(["true", "false", "1", "0", ""])
  .default("false")
  .transform((value) => value === "true" || value === "1");

const optionalText = z
  .string()
  .optional()
  .transform((value) => value?.trim() || undefined);

// A channel for alerts that lacks a setting would be silent just when it matters, and Inngest needs both its keys.
const TOGETHER = [
  ["SMTP_URL", "ALERT_EMAIL_FROM", "ALERT_EMAIL_TO"],
  ["TELEGRAM_BOT_TOKEN", "TELEGRAM_CHAT_ID"],
  ["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"],
  ["INNGEST_SIGNING_KEY", "INNGEST_EVENT_KEY"],
] as const;

/** Every setting the product reads; the README's table and .env.example are checked against it. */
export const Env = z
  .object({
    PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
    HOST: z.string().default("0.0.0.0"),
    DATA_DIR: z.string().default(".data"),
    DATABASE_URL: optionalText,
    APP_URL: optionalText.pipe(z.url({ protocol: /^https?$/ }).optional()),
    NEXTAUTH_SECRET: optionalText,
    ENCRYPTION_KEY: optionalText,
    EVENT_KEY: optionalText,
    ADMIN_EMAIL: optionalText,
    ADMIN_PASSWORD: optionalText,
    BOOTSTRAP_API_TOKEN: optionalText,
    INNGEST_DEV: optionalText,
    INNGEST_BASE_URL: optionalText,
    INNGEST_EVENT_KEY: optionalText,
    INNGEST_SIGNING_KEY: optionalText,
    OUTBOUND_ALLOW: z.string().default("").transform(parsedAllow),
    REQUIRE_HTTPS: flag,
    WEBHOOK_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(8),
    LOG_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    METRICS_TOKEN: optionalText,
    SMTP_URL: optionalText.pipe(
      z.url({ protocol: /^smtps?$/, error: "expected smtp://… or smtps://…" }).optional(),
    ),
    ALERT_EMAIL_FROM: optionalText,
    ALERT_EMAIL_TO: optionalText,
    TELEGRAM_BOT_TOKEN: optionalText,
    TELEGRAM_CHAT_ID: optionalText,
    TELEGRAM_API_URL: z.url({ protocol: /^https?$/ }).default("https://api.telegram.org"),
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

function parsedAllow(text: string, context: z.RefinementCtx) {
  try {
    return parseOutboundAllow(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
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
  const result = Env.safeParse(source);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not usable:\n${lines.join("\n")}`);
}
