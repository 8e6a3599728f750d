import { z } from "zod";
import { env } from "@/lib/env";
import { expected } from "@/lib/expected";
import { isSigningSecret } from "@/lib/outbound/sign";
import { checkUrl } from "@/lib/outbound/ssrf-guard";
import { optionalText } from "@/lib/webhooks/fields";
import { plainFields, SET } from "@/lib/webhooks/plain-fields";

export const SECRET_FIELDS = ["auth_token", "auth_password", "signing_secret"] as const;

/** What the product counts and sets itself. A client that sends back what it read may leave these in. */
export const READ_ONLY_FIELDS = [
  "id",
  "deactivated_reason",
  "total_sent",
  "total_success",
  "total_failed",
  "success_rate",
  "last_sent_at",
  "last_success_at",
  "last_error",
  "created_at",
  "updated_at",
] as const;

const fields = {
  name: plainFields.name,
  description: plainFields.description,
  webhook_url: plainFields.webhook_url
    .superRefine((url, context) => {
      const check = checkUrl(url, { allow: env().OUTBOUND_ALLOW, requireHttps: env().REQUIRE_HTTPS });
      if (!check.ok) context.addIssue({ code: "custom", message: check.message });
    })
    .meta({ format: "uri", examples: ["https://senler.ru/api/webhook"] }),
  is_active: plainFields.is_active,
  auth_type: plainFields.auth_type,
  auth_token: optionalText({ maxLength: 4096 }).meta({ writeOnly: true }),
  auth_username: plainFields.auth_username,
  auth_password: optionalText({ maxLength: 1024 }).meta({ writeOnly: true }),
  custom_headers: plainFields.custom_headers.meta({
    description:
      `Sent with auth_type custom. Answers name the headers with "${SET}" for their values. Also accepted as a ` +
      "string that holds this JSON.",
    examples: [{ "X-API-Key": "your-api-key" }],
  }),
  send_on_order_created: plainFields.send_on_order_created,
  send_on_order_updated: plainFields.send_on_order_updated,
  send_on_order_status_changed: plainFields.send_on_order_status_changed,
  send_on_order_cancelled: plainFields.send_on_order_cancelled,
  filter_organization_ids: plainFields.filter_organization_ids,
  filter_order_types: plainFields.filter_order_types,
  filter_statuses: plainFields.filter_statuses,
  payload_format: plainFields.payload_format,
  include_fields: plainFields.include_fields,
  custom_payload_template: plainFields.custom_payload_template,
  retry_count: plainFields.retry_count,
  retry_delay_seconds: plainFields.retry_delay_seconds,
  timeout_seconds: plainFields.timeout_seconds,
  ordered: plainFields.ordered,
  give_up_after_minutes: plainFields.give_up_after_minutes,
  signing_secret: optionalText({ maxLength: 200 })
    .refine((text) => text === null || text === SET || isSigningSecret(text), {
      error: "expected whsec_ followed by 24 to 64 bytes in base64",
    })
    .meta({ writeOnly: true }),
};

export const WEBHOOK_FIELDS = Object.keys(fields) as (keyof typeof fields)[];

const readOnly = Object.fromEntries(
  READ_ONLY_FIELDS.map((name) => [name, z.unknown().optional().meta({ readOnly: true })]),
) as Record<(typeof READ_ONLY_FIELDS)[number], z.ZodOptional<z.ZodUnknown>>;

const error = expected("a JSON object with the webhook's fields");

/** A new webhook: only name and webhook_url must be given. */
export const WebhookCreate = z
  .strictObject(
    {
      ...fields,
      description: fields.description.default(null),
      is_active: fields.is_active.default(true),
      auth_type: fields.auth_type.default("none"),
      auth_token: fields.auth_token.default(null),
      auth_username: fields.auth_username.default(null),
      auth_password: fields.auth_password.default(null),
      custom_headers: fields.custom_headers.default(null),
      send_on_order_created: fields.send_on_order_created.default(true),
      send_on_order_updated: fields.send_on_order_updated.default(true),
      send_on_order_status_changed: fields.send_on_order_status_changed.default(true),
      send_on_order_cancelled: fields.send_on_order_cancelled.default(false),
      filter_organization_ids: fields.filter_organization_ids.default(null),
      filter_order_types: fields.filter_order_types.default(null),
      filter_statuses: fields.filter_statuses.default(null),
      payload_format: fields.payload_format.default("iiko_soi"),
      include_fields: fields.include_fields.default(null),
      custom_payload_template: fields.custom_payload_template.default(null),
      retry_count: fields.retry_count.default(3),
      retry_delay_seconds: fields.retry_delay_seconds.default(5),
      timeout_seconds: fields.timeout_seconds.default(30),
      ordered: fields.ordered.default(true),
      give_up_after_minutes: fields.give_up_after_minutes.default(0),
      signing_secret: fields.signing_secret.default(null),
      ...readOnly,
    },
    { error },
  )
  .superRefine((webhook, context) => {
    const kept = SECRET_FIELDS.filter((field) => webhook[field] === SET).map((field) => [field]);
    const headers = Object.entries(webhook.custom_headers ?? {}).filter(([, value]) => value === SET);
    for (const path of [...kept, ...headers.map(([name]) => ["custom_headers", name])]) {
      const message = `"${SET}" means to keep the secret that is set, and a new webhook has none; give its value or null`;
      context.addIssue({ code: "custom", path, message });
    }
  })
  .transform(withoutReadOnly);
export type WebhookCreate = z.output<typeof WebhookCreate>;

/** A change: fields that are not given stay as they are, null clears, and "***" keeps a secret. */
export const WebhookPatch = z
  .strictObject({ ...fields, ...readOnly }, { error })
  .partial()
  .transform(withoutReadOnly)
  .transform(withoutKeptSecrets);
export type WebhookPatch = z.output<typeof WebhookPatch>;

type ReadOnlyField = (typeof READ_ONLY_FIELDS)[number];

function withoutReadOnly<Webhook extends object>(webhook: Webhook): Omit<Webhook, ReadOnlyField> {
  return omit({ from: webhook, isLeftOut: (name) => (READ_ONLY_FIELDS as readonly string[]).includes(name) });
}

function withoutKeptSecrets<Webhook extends object>(webhook: Webhook): Webhook {
  return omit({
    from: webhook,
    isLeftOut: (name, value) => value === SET && (SECRET_FIELDS as readonly string[]).includes(name),
  }) as Webhook;
}

function omit<From extends object>({
  from,
  isLeftOut,
}: {
  from: From;
  isLeftOut: (name: string, value: unknown) => boolean;
}): From {
  return Object.fromEntries(Object.entries(from).filter(([name, value]) => !isLeftOut(name, value))) as From;
}
