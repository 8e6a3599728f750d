import { z } from "zod";
import { type FieldError, fieldError } from "@/lib/errors";
import { brokenUuid } from "@/lib/orders/organization-id";
import { validateAuth } from "@/lib/outbound/auth-headers";
import { validateTemplate } from "@/lib/payloads/template";
import { refuse } from "@/lib/refusals/refuse";
import { refusalOfIssue } from "@/lib/refusals/zod-message";
import type { WebhookDraft } from "@/lib/webhooks/draft";
import { toInput } from "@/lib/webhooks/draft-input";
import { filledHeaders, SET } from "@/lib/webhooks/field-kinds";
import { FIELDS, mapFields, PLAIN_FIELDS } from "@/lib/webhooks/fields";
import { movedOrigin } from "@/lib/webhooks/moved-origin";

// Headers and the template are judged as they stand in the form, in more detail.
const PLAIN = PLAIN_FIELDS.filter((name) => name !== "custom_payload_template");
const Plain = z.object(mapFields(PLAIN, (name) => FIELDS[name].input)).partial();

/**
 * What is wrong with a form, by the wire's field names and in the server's words; empty when it can be sent. `before`
 * is the form as it was opened.
 */
export function draftErrors(draft: WebhookDraft, before: WebhookDraft = draft): FieldError[] {
  return [
    ...plainErrors(draft),
    ...organizationErrors({ before, draft }),
    ...templateErrors(draft),
    ...authErrors(draft),
    ...movedErrors({ before, draft }),
    ...emptyHeaders({ before, draft }),
  ];
}

type Change = { before: WebhookDraft; draft: WebhookDraft };

// A copy names the headers of its model, whose values are secrets: each is typed anew or taken away.
function emptyHeaders({ before, draft }: Change): FieldError[] {
  const named = before.custom_headers.filter(({ value }) => value === "").map(({ name }) => name);
  return draft.custom_headers
    .filter(({ name, value }) => name !== "" && value === "" && named.includes(name))
    .map(({ name }) => fieldError(`custom_headers.${name}`, refuse("header_value_missing")));
}

// Those of another kind of authorisation are not asked for: they are cleared (draft-input).
function movedErrors({ before, draft }: Change): FieldError[] {
  const refusal = movedOrigin({ from: before.webhook_url, to: draft.webhook_url.trim() });
  if (!refusal) return [];
  const kept = draft.custom_headers
    .filter(({ value }) => value === SET)
    .map(({ name }) => `custom_headers.${name}`);
  if (draft.auth_type === "bearer" && draft.auth_token === SET) kept.push("auth_token");
  if (draft.auth_type === "basic" && draft.auth_password === SET) kept.push("auth_password");
  return kept.map((path) => fieldError(path, refusal));
}

// REST takes ids of any kind, so those that were there stay.
function organizationErrors({ before, draft }: { before: WebhookDraft; draft: WebhookDraft }): FieldError[] {
  const given = draft.filter_organization_ids;
  const isNew = (id: string) => before === draft || !before.filter_organization_ids.includes(id);
  return given.filter(isNew).flatMap((id) => {
    const broken = brokenUuid(id);
    return broken ? [fieldError("filter_organization_ids", broken)] : [];
  });
}

function plainErrors(draft: WebhookDraft): FieldError[] {
  const parsed = Plain.safeParse(toInput(draft));
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => fieldError(String(issue.path[0]), refusalOfIssue(issue)));
}

function templateErrors({
  payload_format,
  custom_kind,
  custom_payload_template,
}: WebhookDraft): FieldError[] {
  if (payload_format !== "custom" || custom_kind !== "template") return [];
  const check = validateTemplate(custom_payload_template);
  if (check.ok) return [];
  return check.errors.map(({ refusal }) => fieldError("custom_payload_template", refusal));
}

function authErrors(draft: WebhookDraft): FieldError[] {
  const errors = validateAuth({
    authType: draft.auth_type,
    token: FIELDS.auth_token.read(draft.auth_token),
    username: FIELDS.auth_username.read(draft.auth_username),
    password: FIELDS.auth_password.read(draft.auth_password),
    customHeaders: FIELDS.custom_headers.read(draft.custom_headers),
  });
  return [...errors, ...repeatedHeaders(draft)];
}

// An object holds a name once, so it cannot tell what the rows of the form say twice.
function repeatedHeaders({ custom_headers }: WebhookDraft): FieldError[] {
  const names = filledHeaders(custom_headers).map(({ name }) => name.trim().toLowerCase());
  const repeated = new Set(names.filter((name, index) => name !== "" && names.indexOf(name) !== index));
  return [...repeated].map((name) => fieldError(`custom_headers.${name}`, refuse("header_twice")));
}
