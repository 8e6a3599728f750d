import type { AuthType } from "@/lib/outbound/auth-headers";
import type { HeaderDraft, WebhookDraft } from "@/lib/webhooks/draft";

/** The wire's fields that a form has something to say about. */
export type DraftInput = ReturnType<typeof toInput>;

/**
 * What a form sends: the fields of the chosen authorisation and format, and nothing of the others, so that what
 * stands in a part that is not shown is neither sent nor lost.
 */
export function toInput(draft: WebhookDraft) {
  return {
    name: draft.name,
    description: orNull(draft.description),
    webhook_url: draft.webhook_url,
    is_active: draft.is_active,
    payload_format: draft.payload_format,
    auth_type: draft.auth_type,
    ...authInput(draft),
    ...(draft.payload_format === "custom" ? customInput(draft) : {}),
    signing_secret: orNull(draft.signing_secret),
    send_on_order_created: draft.send_on_order_created,
    send_on_order_updated: draft.send_on_order_updated,
    send_on_order_status_changed: draft.send_on_order_status_changed,
    send_on_order_cancelled: draft.send_on_order_cancelled,
    filter_organization_ids: listOrNull(draft.filter_organization_ids),
    filter_order_types: listOrNull(draft.filter_order_types),
    filter_statuses: listOrNull(draft.filter_statuses),
    retry_count: wholeNumber(draft.retry_count),
    retry_delay_seconds: wholeNumber(draft.retry_delay_seconds),
    timeout_seconds: wholeNumber(draft.timeout_seconds),
  };
}

/** The fields that a form changes in a webhook, so that two people who edit different ones do not undo each other. */
export function changedInput({
  before,
  after,
}: {
  before: WebhookDraft;
  after: WebhookDraft;
}): Partial<DraftInput> {
  const old = toInput(before) as Record<string, unknown>;
  const changed = Object.entries({ ...clearedSecrets({ before, after }), ...toInput(after) }).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field]),
  );
  return Object.fromEntries(changed) as Partial<DraftInput>;
}

/** Secrets of a kind that is not chosen any more, where somebody took them away. */
function clearedSecrets({ before, after }: { before: WebhookDraft; after: WebhookDraft }): AuthInput {
  return {
    ...(before.auth_token !== "" && after.auth_token === "" ? { auth_token: null } : {}),
    ...(before.auth_password !== "" && after.auth_password === "" ? { auth_password: null } : {}),
    ...(before.custom_headers.length > 0 && after.custom_headers.length === 0
      ? { custom_headers: null }
      : {}),
  };
}

/** The rows of the header editor that say something. */
export function filledHeaders(headers: HeaderDraft[]): HeaderDraft[] {
  return headers.filter(({ name, value }) => name.trim() !== "" || value !== "");
}

type AuthInput = {
  auth_token?: string | null;
  auth_username?: string | null;
  auth_password?: string | null;
  custom_headers?: Record<string, string> | null;
};

const AUTH_INPUTS: Record<AuthType, (draft: WebhookDraft) => AuthInput> = {
  none: () => ({}),
  bearer: (draft) => ({ auth_token: orNull(draft.auth_token.trim()) }),
  basic: (draft) => ({
    auth_username: orNull(draft.auth_username),
    auth_password: orNull(draft.auth_password),
  }),
  custom: (draft) => ({
    custom_headers: Object.fromEntries(
      filledHeaders(draft.custom_headers).map(({ name, value }) => [name.trim(), value.trim()]),
    ),
  }),
};

function authInput(draft: WebhookDraft): AuthInput {
  return AUTH_INPUTS[draft.auth_type](draft);
}

function customInput(draft: WebhookDraft): {
  include_fields?: string[] | null;
  custom_payload_template: string | null;
} {
  if (draft.custom_kind === "template") return { custom_payload_template: draft.custom_payload_template };
  return { include_fields: listOrNull(draft.include_fields), custom_payload_template: null };
}

function orNull(text: string): string | null {
  return text === "" ? null : text;
}

function listOrNull(items: string[]): string[] | null {
  return items.length === 0 ? null : items;
}

function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
}
