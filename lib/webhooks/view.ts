import { z } from "zod";
import type { WebhookWithStats } from "@/db/queries/webhooks";
import { type Actor, hasRole } from "@/lib/auth/actor";
import { maskUrl, maskUrlsIn } from "@/lib/outbound/mask-url";
import { SET } from "@/lib/webhooks/field-kinds";
import { FIELD_NAMES, FIELDS, type FieldName, mapFields } from "@/lib/webhooks/fields";
import { successRate } from "@/lib/webhooks/health";
import { webhookSecrets } from "@/lib/webhooks/webhook-secrets";

type Answers = { [Name in FieldName]: (typeof FIELDS)[Name]["answer"] };

/** A webhook as answers show it (contract 3): every secret only as "***" or null. */
export const Webhook = z.strictObject(mapFields(FIELD_NAMES, (name) => FIELDS[name].answer) as Answers);
export type WebhookView = z.output<typeof Webhook>;

const NO_REQUESTS = {
  total_sent: 0,
  total_success: 0,
  total_failed: 0,
  last_sent_at: null,
  last_success_at: null,
  last_error: null,
};

/** A webhook as an actor may see it: below manager the secrets in its URL are masked too. */
export function toWebhookView({ webhook, stats }: WebhookWithStats, actor: Actor): WebhookView {
  const seesUrl = hasRole(actor, "manager");
  const counters = stats ?? NO_REQUESTS;
  const shown: Record<FieldName, unknown> = {
    ...webhook,
    ...counters,
    webhook_url: seesUrl ? webhook.webhook_url : maskUrl(webhook.webhook_url),
    last_error: seesUrl ? counters.last_error : counters.last_error && maskUrlsIn(counters.last_error),
    auth_token: masked(webhook.auth_token_enc),
    auth_password: masked(webhook.auth_password_enc),
    signing_secret: masked(webhook.signing_secret_enc),
    custom_headers: maskedHeaders(webhookSecrets(webhook).customHeaders),
    success_rate: successRate({ sent: counters.total_sent, succeeded: counters.total_success }),
  };
  return mapFields(FIELD_NAMES, (name) => onTheWire(shown[name])) as WebhookView;
}

function masked(encrypted: string | null): typeof SET | null {
  return encrypted === null ? null : SET;
}

function maskedHeaders(headers: Record<string, string> | null): Record<string, typeof SET> | null {
  return headers && Object.fromEntries(Object.keys(headers).map((name) => [name, SET]));
}

function onTheWire(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}
