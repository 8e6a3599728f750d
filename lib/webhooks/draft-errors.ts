import { z } from "zod";
import type { FieldError } from "@/lib/errors";
import { validateAuth } from "@/lib/outbound/auth-headers";
import { validateTemplate } from "@/lib/payloads/template";
import type { WebhookDraft } from "@/lib/webhooks/draft";
import { filledHeaders, toInput } from "@/lib/webhooks/draft-input";
import { plainFields } from "@/lib/webhooks/plain-fields";

const Plain = z.object({
  name: plainFields.name,
  description: plainFields.description,
  webhook_url: plainFields.webhook_url,
  filter_organization_ids: plainFields.filter_organization_ids,
  filter_order_types: plainFields.filter_order_types,
  filter_statuses: plainFields.filter_statuses,
  retry_count: plainFields.retry_count,
  retry_delay_seconds: plainFields.retry_delay_seconds,
  timeout_seconds: plainFields.timeout_seconds,
});

/** What is wrong with a form, by the wire's field names and in the server's words; empty when it can be sent. */
export function draftErrors(draft: WebhookDraft): FieldError[] {
  return [...plainErrors(draft), ...templateErrors(draft), ...authErrors(draft)];
}

function plainErrors(draft: WebhookDraft): FieldError[] {
  const parsed = Plain.safeParse(toInput(draft));
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({ path: String(issue.path[0]), message: issue.message }));
}

function templateErrors({
  payload_format,
  custom_kind,
  custom_payload_template,
}: WebhookDraft): FieldError[] {
  if (payload_format !== "custom" || custom_kind !== "template") return [];
  const check = validateTemplate(custom_payload_template);
  if (check.ok) return [];
  return check.errors.map(({ message }) => ({ path: "custom_payload_template", message }));
}

function authErrors(draft: WebhookDraft): FieldError[] {
  const { auth_token, auth_username, auth_password, custom_headers } = toInput(draft);
  const errors = validateAuth({
    authType: draft.auth_type,
    token: auth_token ?? null,
    username: auth_username ?? null,
    password: auth_password ?? null,
    customHeaders: custom_headers ?? null,
  });
  if (draft.auth_type === "basic" && !auth_password) {
    errors.push({ path: "auth_password", message: "Basic authorization needs a password." });
  }
  return draft.auth_type === "custom" ? [...errors, ...repeatedHeaders(draft)] : errors;
}

// An object holds a name once, so it cannot tell what the rows of the form say twice.
function repeatedHeaders({ custom_headers }: WebhookDraft): FieldError[] {
  const names = filledHeaders(custom_headers).map(({ name }) => name.trim().toLowerCase());
  const repeated = new Set(names.filter((name, index) => name !== "" && names.indexOf(name) !== index));
  const message = "The header is given twice; upper and lower case are the same.";
  return [...repeated].map((name) => ({ path: `custom_headers.${name}`, message }));
}
