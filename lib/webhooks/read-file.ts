import { z } from "zod";
import { expected } from "@/lib/expected";
import { parseInput } from "@/lib/parse-input";
import { refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";
import { SET } from "@/lib/webhooks/field-kinds";
import { SECRET_TEXTS } from "@/lib/webhooks/fields";

/** One webhook of a file, and the fields whose secrets were left out of it. */
export type FileEntry = { webhook: Record<string, unknown>; leftOut: string[] };

const MAX_WEBHOOKS = 200;
const HEADER = "custom_headers.";
/** What each kind of authorisation cannot do without; the headers are asked for by name. */
const NEEDED_TEXT: Record<string, string> = { bearer: "auth_token", basic: "auth_password" };

const WebhookFile = z.object({
  webhooks: z
    .array(z.record(z.string(), z.unknown(), { error: expected(refuse("webhook_object")) }))
    .min(1, zodMessage(refuse("webhook_file")))
    .max(MAX_WEBHOOKS, zodMessage(refuse("entries_at_most", { max: MAX_WEBHOOKS }))),
  secrets_left_out: z.array(z.array(z.string().max(200)).max(100)).optional(),
});

/** The webhooks of an export, of an array as REST lists them, or a single one. Throws invalid for anything else. */
export function readWebhookFile(file: unknown): FileEntry[] {
  const isExport = typeof file === "object" && file !== null && "webhooks" in file;
  const value = isExport ? file : { webhooks: Array.isArray(file) ? file : [file] };
  const { webhooks, secrets_left_out: leftOut } = parseInput({ schema: WebhookFile, value });
  return webhooks.map((webhook, index) => ({ webhook, leftOut: leftOut?.[index] ?? [] }));
}

/** The fields that a person types: the secrets that the file lacks. Only the signing secret may stay empty. */
export function secretsNeeded({ webhook, leftOut }: FileEntry): string[] {
  const isHidden = (name: string) => isBlank(webhook[name]) || webhook[name] === SET;
  const needed = NEEDED_TEXT[String(webhook.auth_type)];
  const given = headersOf(webhook);
  const headers = new Set([
    ...Object.keys(given).filter((name) => given[name] === SET),
    ...leftOut.flatMap((field) => (field.startsWith(HEADER) ? [field.slice(HEADER.length)] : [])),
  ]);
  const isSigned = leftOut.includes("signing_secret") || webhook.signing_secret === SET;
  return [
    ...(isMasked(webhook) ? ["webhook_url"] : []),
    ...(needed !== undefined && isHidden(needed) ? [needed] : []),
    ...[...headers]
      .filter((name) => isBlank(given[name]) || given[name] === SET)
      .map((name) => HEADER + name),
    ...(isSigned && isHidden("signing_secret") ? ["signing_secret"] : []),
  ];
}

/** The webhook as far as it is known before anybody typed a secret. */
export function withoutSecrets({ webhook }: FileEntry): Record<string, unknown> {
  const rest = Object.fromEntries(
    Object.entries(webhook).filter(
      ([name, value]) => value !== SET || !(SECRET_TEXTS as readonly string[]).includes(name),
    ),
  );
  if (typeof webhook.custom_headers !== "object" || webhook.custom_headers === null) return rest;
  const headers = Object.entries(headersOf(webhook)).filter(([, value]) => value !== SET);
  return { ...rest, custom_headers: Object.fromEntries(headers) };
}

/** The webhook with what was typed; `***` stands where something needed was not. */
export function withSecrets(given: {
  entry: FileEntry;
  typed: Record<string, string>;
}): Record<string, unknown> {
  const { entry, typed } = given;
  const known = withoutSecrets(entry);
  const fields = secretsNeeded(entry).flatMap((field) => {
    const value = typed[field]?.trim();
    if (value) return [[field, value] as const];
    return field === "signing_secret" || field === "webhook_url" ? [] : [[field, SET] as const];
  });
  const headers = fields
    .filter(([field]) => field.startsWith(HEADER))
    .map(([field, value]) => [field.slice(HEADER.length), value]);
  const others = fields.filter(([field]) => !field.startsWith(HEADER));
  return {
    ...known,
    ...Object.fromEntries(others),
    ...(headers.length > 0
      ? { custom_headers: { ...headersOf(known), ...Object.fromEntries(headers) } }
      : {}),
  };
}

/** Whether a secret in the address stands as ***. */
export function isMasked(webhook: Record<string, unknown>): boolean {
  return typeof webhook.webhook_url === "string" && webhook.webhook_url.includes(SET);
}

function headersOf({ custom_headers }: Record<string, unknown>): Record<string, unknown> {
  return typeof custom_headers === "object" && custom_headers !== null ? { ...custom_headers } : {};
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
