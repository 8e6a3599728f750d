import type { AuthType } from "@/lib/outbound/auth-headers";
import type { PayloadFormat } from "@/lib/payloads/build";
import { RELIABILITY, SET } from "@/lib/webhooks/plain-fields";
import type { WebhookView } from "@/lib/webhooks/view";

export type HeaderDraft = { name: string; value: string };

/**
 * A webhook while a person fills in its form, under the wire's names: numbers are text as typed, an empty text
 * is not set, and a secret that is set and to be kept is "***".
 */
export type WebhookDraft = {
  name: string;
  description: string;
  webhook_url: string;
  is_active: boolean;
  payload_format: PayloadFormat;
  /** Whether the custom format is the guide's flat one or has a template of its own. */
  custom_kind: "flat" | "template";
  include_fields: string[];
  custom_payload_template: string;
  auth_type: AuthType;
  auth_token: string;
  auth_username: string;
  auth_password: string;
  custom_headers: HeaderDraft[];
  signing_secret: string;
  send_on_order_created: boolean;
  send_on_order_updated: boolean;
  send_on_order_status_changed: boolean;
  send_on_order_cancelled: boolean;
  filter_organization_ids: string[];
  filter_order_types: string[];
  filter_statuses: string[];
  retry_count: string;
  retry_delay_seconds: string;
  timeout_seconds: string;
};

/** A new webhook's form: the guide's defaults. */
export const NEW_DRAFT: WebhookDraft = {
  name: "",
  description: "",
  webhook_url: "",
  is_active: true,
  payload_format: "iiko_soi",
  custom_kind: "flat",
  include_fields: [],
  custom_payload_template: "",
  auth_type: "none",
  auth_token: "",
  auth_username: "",
  auth_password: "",
  custom_headers: [],
  signing_secret: "",
  send_on_order_created: true,
  send_on_order_updated: true,
  send_on_order_status_changed: true,
  send_on_order_cancelled: false,
  filter_organization_ids: [],
  filter_order_types: [],
  filter_statuses: [],
  retry_count: String(RELIABILITY.retry_count.usual),
  retry_delay_seconds: String(RELIABILITY.retry_delay_seconds.usual),
  timeout_seconds: String(RELIABILITY.timeout_seconds.usual),
};

/** The form of a webhook as it is. */
export function toDraft(webhook: WebhookView): WebhookDraft {
  return {
    name: webhook.name,
    description: webhook.description ?? "",
    webhook_url: webhook.webhook_url,
    is_active: webhook.is_active,
    payload_format: webhook.payload_format,
    custom_kind: webhook.custom_payload_template === null ? "flat" : "template",
    include_fields: webhook.include_fields ?? [],
    custom_payload_template: webhook.custom_payload_template ?? "",
    auth_type: webhook.auth_type,
    auth_token: webhook.auth_token ?? "",
    auth_username: webhook.auth_username ?? "",
    auth_password: webhook.auth_password ?? "",
    custom_headers: Object.keys(webhook.custom_headers ?? {}).map((name) => ({ name, value: SET })),
    signing_secret: webhook.signing_secret ?? "",
    send_on_order_created: webhook.send_on_order_created,
    send_on_order_updated: webhook.send_on_order_updated,
    send_on_order_status_changed: webhook.send_on_order_status_changed,
    send_on_order_cancelled: webhook.send_on_order_cancelled,
    filter_organization_ids: webhook.filter_organization_ids ?? [],
    filter_order_types: webhook.filter_order_types ?? [],
    filter_statuses: webhook.filter_statuses ?? [],
    retry_count: String(webhook.retry_count),
    retry_delay_seconds: String(webhook.retry_delay_seconds),
    timeout_seconds: String(webhook.timeout_seconds),
  };
}
