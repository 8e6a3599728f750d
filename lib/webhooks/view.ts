import type { WebhookWithStats } from "@/db/queries/webhooks";
import type { AuthType } from "@/lib/outbound/auth-headers";
import type { PayloadFormat } from "@/lib/payloads/build";
import { SET } from "@/lib/webhooks/plain-fields";
import { webhookSecrets } from "@/lib/webhooks/webhook-secrets";

/** A webhook as answers show it (contract 3): every secret only as "***" or null. */
export type WebhookView = {
  id: number;
  name: string;
  description: string | null;
  webhook_url: string;
  is_active: boolean;
  deactivated_reason: string | null;
  auth_type: AuthType;
  auth_token: typeof SET | null;
  auth_username: string | null;
  auth_password: typeof SET | null;
  custom_headers: Record<string, typeof SET> | null;
  send_on_order_created: boolean;
  send_on_order_updated: boolean;
  send_on_order_status_changed: boolean;
  send_on_order_cancelled: boolean;
  filter_organization_ids: string[] | null;
  filter_order_types: string[] | null;
  filter_statuses: string[] | null;
  payload_format: PayloadFormat;
  include_fields: string[] | null;
  custom_payload_template: string | null;
  retry_count: number;
  retry_delay_seconds: number;
  timeout_seconds: number;
  ordered: boolean;
  give_up_after_minutes: number;
  signing_secret: typeof SET | null;
  total_sent: number;
  total_success: number;
  total_failed: number;
  success_rate: number | null;
  last_sent_at: string | null;
  last_success_at: string | null;
  last_error: string | null;
  created_at: string;
  updated_at: string;
};

export function toWebhookView({ webhook, stats }: WebhookWithStats): WebhookView {
  const totalSent = stats?.totalSent ?? 0;
  const totalSuccess = stats?.totalSuccess ?? 0;
  return {
    id: webhook.id,
    name: webhook.name,
    description: webhook.description,
    webhook_url: webhook.webhookUrl,
    is_active: webhook.isActive,
    deactivated_reason: webhook.deactivatedReason,
    auth_type: webhook.authType as AuthType,
    auth_token: masked(webhook.authTokenEnc),
    auth_username: webhook.authUsername,
    auth_password: masked(webhook.authPasswordEnc),
    custom_headers: maskedHeaders(webhookSecrets(webhook).customHeaders),
    send_on_order_created: webhook.sendOnOrderCreated,
    send_on_order_updated: webhook.sendOnOrderUpdated,
    send_on_order_status_changed: webhook.sendOnOrderStatusChanged,
    send_on_order_cancelled: webhook.sendOnOrderCancelled,
    filter_organization_ids: webhook.filterOrganizationIds,
    filter_order_types: webhook.filterOrderTypes,
    filter_statuses: webhook.filterStatuses,
    payload_format: webhook.payloadFormat as PayloadFormat,
    include_fields: webhook.includeFields,
    custom_payload_template: webhook.customPayloadTemplate,
    retry_count: webhook.retryCount,
    retry_delay_seconds: webhook.retryDelaySeconds,
    timeout_seconds: webhook.timeoutSeconds,
    ordered: webhook.ordered,
    give_up_after_minutes: webhook.give_up_after_minutes,
    signing_secret: masked(webhook.signingSecretEnc),
    total_sent: totalSent,
    total_success: totalSuccess,
    total_failed: stats?.totalFailed ?? 0,
    success_rate: totalSent === 0 ? null : Math.round((totalSuccess / totalSent) * 1000) / 10,
    last_sent_at: isoTime(stats?.lastSentAt),
    last_success_at: isoTime(stats?.lastSuccessAt),
    last_error: stats?.lastError ?? null,
    created_at: webhook.createdAt.toISOString(),
    updated_at: webhook.updatedAt.toISOString(),
  };
}

function masked(encrypted: string | null): typeof SET | null {
  return encrypted === null ? null : SET;
}

function maskedHeaders(headers: Record<string, string> | null): Record<string, typeof SET> | null {
  return headers && Object.fromEntries(Object.keys(headers).map((name) => [name, SET]));
}

function isoTime(time: Date | null | undefined): string | null {
  return time?.toISOString() ?? null;
}
