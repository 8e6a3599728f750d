import type { WebhookRow } from "@/db/queries/current-webhooks";
import type { WebhookValues } from "@/db/queries/webhooks";
import { encrypt } from "@/lib/crypto";
import type { WebhookPatch } from "@/lib/webhooks/schema";

/** The wire's plain fields and their columns; secrets are written by `toColumns` itself. */
export const PLAIN_COLUMNS = {
  name: "name",
  description: "description",
  webhook_url: "webhookUrl",
  is_active: "isActive",
  auth_type: "authType",
  auth_username: "authUsername",
  send_on_order_created: "sendOnOrderCreated",
  send_on_order_updated: "sendOnOrderUpdated",
  send_on_order_status_changed: "sendOnOrderStatusChanged",
  send_on_order_cancelled: "sendOnOrderCancelled",
  filter_organization_ids: "filterOrganizationIds",
  filter_order_types: "filterOrderTypes",
  filter_statuses: "filterStatuses",
  payload_format: "payloadFormat",
  include_fields: "includeFields",
  custom_payload_template: "customPayloadTemplate",
  retry_count: "retryCount",
  retry_delay_seconds: "retryDelaySeconds",
  timeout_seconds: "timeoutSeconds",
  ordered: "ordered",
  give_up_after_minutes: "give_up_after_minutes",
} as const satisfies Partial<Record<keyof WebhookPatch, keyof WebhookRow>>;

export type PlainField = keyof typeof PLAIN_COLUMNS;
export const PLAIN_FIELDS = Object.keys(PLAIN_COLUMNS) as PlainField[];

/** The columns of the fields given, secrets encrypted; a field that is not given is left out. */
export function toColumns(input: WebhookPatch): Partial<WebhookValues> {
  const given = PLAIN_FIELDS.filter((field) => input[field] !== undefined);
  const values: Partial<WebhookValues> = Object.fromEntries(
    given.map((field) => [PLAIN_COLUMNS[field], input[field]]),
  );
  if (input.auth_token !== undefined) values.authTokenEnc = sealed(input.auth_token);
  if (input.auth_password !== undefined) values.authPasswordEnc = sealed(input.auth_password);
  if (input.custom_headers !== undefined) values.customHeadersEnc = sealedHeaders(input.custom_headers);
  if (input.signing_secret !== undefined) {
    values.signingSecretEnc = sealed(input.signing_secret);
    // Only a rotation lets the old secret sign along; one that was typed over may be one that leaked.
    values.previousSigningSecretEnc = null;
    values.previousSigningSecretUntil = null;
  }
  return values;
}

function sealed(secret: string | null): string | null {
  return secret === null ? null : encrypt(secret);
}

function sealedHeaders(headers: Record<string, string> | null): string | null {
  const isEmpty = headers === null || Object.keys(headers).length === 0;
  return isEmpty ? null : encrypt(JSON.stringify(headers));
}
