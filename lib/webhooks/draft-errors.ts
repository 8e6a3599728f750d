import { z } from "zod";
import type { FieldError } from "@/lib/errors";
import { validateAuth } from "@/lib/outbound/auth-headers";
import { validateTemplate } from "@/lib/payloads/template";
import type { WebhookDraft } from "@/lib/webhooks/draft";
import { toInput } from "@/lib/webhooks/draft-input";
import { filledHeaders } from "@/lib/webhooks/field-kinds";
import { FIELDS, mapFields, PLAIN_FIELDS } from "@/lib/webhooks/fields";

// Headers and the template are judged as they stand in the form, in more detail.
const PLAIN = PLAIN_FIELDS.filter((name) => name !== "custom_payload_template");
const Plain = z.object(mapFields(PLAIN, (name) => FIELDS[name].input)).partial();

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
  const errors = validateAuth({
    authType: draft.auth_type,
    token: FIELDS.auth_token.read(draft.auth_token),
    username: FIELDS.auth_username.read(draft.auth_username),
    password: FIELDS.auth_password.read(draft.auth_password),
    customHeaders: FIELDS.custom_headers.read(draft.custom_headers),
  });
  return draft.auth_type === "custom" ? [...errors, ...repeatedHeaders(draft)] : errors;
}

// An object holds a name once, so it cannot tell what the rows of the form say twice.
function repeatedHeaders({ custom_headers }: WebhookDraft): FieldError[] {
  const names = filledHeaders(custom_headers).map(({ name }) => name.trim().toLowerCase());
  const repeated = new Set(names.filter((name, index) => name !== "" && names.indexOf(name) !== index));
  const message = "The header is given twice; upper and lower case are the same.";
  return [...repeated].map((name) => ({ path: `custom_headers.${name}`, message }));
}
