import { firstPlace, invisibleProblem } from "@/lib/characters";
import { type FieldError, fieldError } from "@/lib/errors";
import { type Refusal, refuse } from "@/lib/refusals/refuse";

export const AUTH_TYPES = ["none", "bearer", "basic", "custom"] as const;
export type AuthType = (typeof AUTH_TYPES)[number];

/** A webhook's authorisation, decrypted. */
export type WebhookAuth = {
  authType: AuthType;
  token: string | null;
  username: string | null;
  password: string | null;
  customHeaders: Record<string, string> | null;
};

const MAX_HEADERS = 50;
const MAX_NAME_LENGTH = 100;
const MAX_VALUE_LENGTH = 4096;
const MAX_TOTAL_LENGTH = 8192;

/** Written by the sender or by HTTP itself; a second one could cut the request in two or break its signature. */
const RESERVED_NAMES = new Set([
  "__proto__",
  "accept-encoding",
  "connection",
  "content-encoding",
  "content-length",
  "expect",
  "host",
  "http2-settings",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
]);
const RESERVED_PREFIXES = ["webhook-", "proxy-"];

/**
 * The headers that a webhook sends of its own: custom ones with every type, and what authorises it (guide, «Настройте
 * авторизацию»), which goes before a custom one of that name. Spelt as receivers that heed upper case expect.
 */
export function authHeaders({
  authType,
  token,
  username,
  password,
  customHeaders,
}: WebhookAuth): Record<string, string> {
  switch (authType) {
    case "none":
    case "custom":
      return { ...customHeaders };
    case "bearer":
      return token ? withAuthorization(customHeaders, `Bearer ${token}`) : { ...customHeaders };
    case "basic":
      return withAuthorization(customHeaders, `Basic ${basicCredentials({ username, password })}`);
  }
}

/** Given by a webhook, and no secret: they say how the body is written. */
export function isPlainHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return lower === "content-type" || lower === "accept";
}

function withAuthorization(headers: WebhookAuth["customHeaders"], value: string): Record<string, string> {
  const others = Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() !== "authorization");
  return { Authorization: value, ...Object.fromEntries(others) };
}

/**
 * What is wrong with the authorisation of the chosen type and with the custom headers, by the wire's field names;
 * empty when all can be sent.
 */
export function validateAuth(auth: WebhookAuth): FieldError[] {
  return [...validateType(auth), ...validateCustomHeaders(auth.customHeaders ?? {}), ...contradiction(auth)];
}

function validateType({ authType, token, username, password, customHeaders }: WebhookAuth): FieldError[] {
  switch (authType) {
    case "none":
      return [];
    case "bearer":
      return validateToken(token);
    case "basic":
      return validateCredentials({ username, password });
    case "custom":
      if (Object.keys(customHeaders ?? {}).length > 0) return [];
      return [fieldError("custom_headers", refuse("custom_header_missing"))];
  }
}

function contradiction({ authType, customHeaders }: WebhookAuth): FieldError[] {
  if (authType !== "bearer" && authType !== "basic") return [];
  return Object.keys(customHeaders ?? {})
    .filter((name) => name.toLowerCase() === "authorization")
    .map((name) => fieldError(`custom_headers.${name}`, refuse("header_of_auth")));
}

/** What is wrong with custom headers: names are RFC 9110 tokens, values are one line of Latin-1; empty when nothing is. */
export function validateCustomHeaders(headers: Record<string, unknown>): FieldError[] {
  const entries = Object.entries(headers);
  if (entries.length > MAX_HEADERS)
    return [
      fieldError("custom_headers", refuse("headers_many", { count: entries.length, max: MAX_HEADERS })),
    ];

  const errors: FieldError[] = [];
  const seen = new Set<string>();
  let totalLength = 0;
  for (const [name, value] of entries) {
    const problem = nameProblem({ name, seen }) ?? valueProblem(value) ?? contentTypeProblem({ name, value });
    if (problem !== null)
      errors.push(fieldError(`custom_headers.${name.slice(0, MAX_NAME_LENGTH)}`, problem));
    seen.add(name.toLowerCase());
    totalLength += name.length + String(value).length;
  }
  if (totalLength > MAX_TOTAL_LENGTH)
    errors.push(
      fieldError("custom_headers", refuse("headers_long", { length: totalLength, max: MAX_TOTAL_LENGTH })),
    );
  return errors;
}

function nameProblem({ name, seen }: { name: string; seen: Set<string> }): Refusal | null {
  const lower = name.toLowerCase();
  if (name === "") return refuse("header_name_missing");
  if (name.length > MAX_NAME_LENGTH) return refuse("header_name_long", { max: MAX_NAME_LENGTH });
  const invisible = invisibleProblem(name);
  if (invisible !== null) return invisible;
  const unfit = firstPlace(name, /[^!#$%&'*+\-.^_`|~0-9A-Za-z]/u);
  if (unfit) return refuse("header_name_characters", { place: unfit });
  if (seen.has(lower)) return refuse("header_twice");
  if (RESERVED_NAMES.has(lower) || RESERVED_PREFIXES.some((prefix) => lower.startsWith(prefix)))
    return refuse("header_reserved");
  return null;
}

function valueProblem(value: unknown): Refusal | null {
  if (typeof value !== "string") return refuse("header_value_type");
  if (value.length > MAX_VALUE_LENGTH) return refuse("header_value_long", { max: MAX_VALUE_LENGTH });
  const invisible = invisibleProblem(value);
  if (invisible !== null) return invisible;
  const unfit = firstPlace(value, /[^\t\x20-\x7e\x80-\xff]/u);
  if (unfit) return refuse("header_value_characters", { place: unfit });
  if (value !== value.trim()) return refuse("header_value_spaces");
  return null;
}

// "***" stands for the value that is set (contract 3).
const JSON_TYPE = /^(\*\*\*|(application\/json|text\/json|application\/[\w.!#$&^-]+\+json) *(;.*)?)$/i;

/** The body is JSON in UTF-8, and a receiver must not be told otherwise. */
function contentTypeProblem({ name, value }: { name: string; value: unknown }): Refusal | null {
  if (name.toLowerCase() !== "content-type" || typeof value !== "string") return null;
  const charset = /; *charset *= *"?([^\s;"]*)/i.exec(value)?.[1]?.toLowerCase() ?? "utf-8";
  if (JSON_TYPE.test(value) && (charset === "utf-8" || charset === "utf8")) return null;
  return refuse("header_content_type");
}

function validateToken(token: string | null): FieldError[] {
  if (!token) return [fieldError("auth_token", refuse("bearer_token_missing"))];
  if (token.length > MAX_VALUE_LENGTH)
    return [fieldError("auth_token", refuse("token_long", { max: MAX_VALUE_LENGTH }))];
  if (/^(authorization:\s*)?bearer\s/i.test(token))
    return [fieldError("auth_token", refuse("token_word_bearer"))];
  const invisible = invisibleProblem(token);
  if (invisible) return [fieldError("auth_token", invisible)];
  const unfit = firstPlace(token, /[^\x21-\x7e]/u);
  return unfit ? [fieldError("auth_token", refuse("token_characters", { place: unfit }))] : [];
}

function validateCredentials({
  username,
  password,
}: Pick<WebhookAuth, "username" | "password">): FieldError[] {
  const errors: FieldError[] = [];
  if (!username) errors.push(fieldError("auth_username", refuse("basic_user_missing")));
  if (!password) errors.push(fieldError("auth_password", refuse("basic_password_missing")));
  // RFC 7617: the first colon ends the user name, and neither part holds control characters.
  if (username?.includes(":")) errors.push(fieldError("auth_username", refuse("user_name_colon")));
  for (const [path, text] of [
    ["auth_username", username],
    ["auth_password", password],
  ] as const) {
    if (text === null) continue;
    const invisible = invisibleProblem(text);
    if (invisible) errors.push(fieldError(path, invisible));
    const control = firstPlace(text, /\p{Control}/u);
    if (control) errors.push(fieldError(path, refuse("control_characters", { place: control })));
    if (text.length > 1024)
      errors.push(fieldError(path, refuse("credential_long", { max: 1024, length: text.length })));
  }
  return errors;
}

/** RFC 7617 with UTF-8, so that a Cyrillic password works. */
function basicCredentials({ username, password }: Pick<WebhookAuth, "username" | "password">): string {
  return Buffer.from(`${username ?? ""}:${password ?? ""}`, "utf8").toString("base64");
}
