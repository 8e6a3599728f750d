import { firstPlace, invisibleProblem } from "@/lib/characters";
import type { FieldError } from "@/lib/errors";

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
      return [
        { path: "custom_headers", message: "Authorization by custom headers needs at least one header." },
      ];
  }
}

function contradiction({ authType, customHeaders }: WebhookAuth): FieldError[] {
  if (authType !== "bearer" && authType !== "basic") return [];
  const message =
    "The chosen authorization writes this header itself: take it away here, or choose authorization by custom headers.";
  return Object.keys(customHeaders ?? {})
    .filter((name) => name.toLowerCase() === "authorization")
    .map((name) => ({ path: `custom_headers.${name}`, message }));
}

/** What is wrong with custom headers: names are RFC 9110 tokens, values are one line of Latin-1; empty when nothing is. */
export function validateCustomHeaders(headers: Record<string, unknown>): FieldError[] {
  const entries = Object.entries(headers);
  if (entries.length > MAX_HEADERS)
    return [tooMany(`${entries.length} headers; at most ${MAX_HEADERS} are allowed.`)];

  const errors: FieldError[] = [];
  const seen = new Set<string>();
  let totalLength = 0;
  for (const [name, value] of entries) {
    const problem = nameProblem({ name, seen }) ?? valueProblem(value) ?? contentTypeProblem({ name, value });
    if (problem !== null)
      errors.push({ path: `custom_headers.${name.slice(0, MAX_NAME_LENGTH)}`, message: problem });
    seen.add(name.toLowerCase());
    totalLength += name.length + String(value).length;
  }
  if (totalLength > MAX_TOTAL_LENGTH)
    errors.push(tooMany(`${totalLength} characters in all; at most ${MAX_TOTAL_LENGTH} are allowed.`));
  return errors;
}

function nameProblem({ name, seen }: { name: string; seen: Set<string> }): string | null {
  const lower = name.toLowerCase();
  if (name === "") return "A header needs a name.";
  if (name.length > MAX_NAME_LENGTH) return `A header name may have at most ${MAX_NAME_LENGTH} characters.`;
  const invisible = invisibleProblem(name);
  if (invisible !== null) return invisible;
  const unfit = firstPlace(name, /[^!#$%&'*+\-.^_`|~0-9A-Za-z]/u);
  if (unfit !== null)
    return "A header name may hold only Latin letters, digits and -_.!#$%&'*+^`|~ and no spaces, not ".concat(
      unfit,
      ".",
    );
  if (seen.has(lower)) return "The header is given twice; upper and lower case are the same.";
  if (RESERVED_NAMES.has(lower) || RESERVED_PREFIXES.some((prefix) => lower.startsWith(prefix)))
    return "This header is set by the product itself and cannot be changed.";
  return null;
}

function valueProblem(value: unknown): string | null {
  if (typeof value !== "string") return "A header value must be a string.";
  if (value.length > MAX_VALUE_LENGTH)
    return `A header value may have at most ${MAX_VALUE_LENGTH} characters.`;
  const invisible = invisibleProblem(value);
  if (invisible !== null) return invisible;
  const unfit = firstPlace(value, /[^\t\x20-\x7e\x80-\xff]/u);
  if (unfit !== null)
    return `A header value must be one line without control characters, in Latin letters and signs (ISO 8859-1), without ${unfit}.`;
  if (value !== value.trim()) return "A header value must not begin or end with a space.";
  return null;
}

// "***" stands for the value that is set (contract 3).
const JSON_TYPE = /^(\*\*\*|(application\/json|text\/json|application\/[\w.!#$&^-]+\+json) *(;.*)?)$/i;

/** The body is JSON in UTF-8, and a receiver must not be told otherwise. */
function contentTypeProblem({ name, value }: { name: string; value: unknown }): string | null {
  if (name.toLowerCase() !== "content-type" || typeof value !== "string") return null;
  const charset = /; *charset *= *"?([^\s;"]*)/i.exec(value)?.[1]?.toLowerCase() ?? "utf-8";
  if (JSON_TYPE.test(value) && (charset === "utf-8" || charset === "utf8")) return null;
  return "The body is JSON in UTF-8: Content-Type may be application/json, with ; charset=utf-8 if need be, or a type that ends with +json.";
}

function validateToken(token: string | null): FieldError[] {
  if (!token) return [{ path: "auth_token", message: "Bearer authorization needs a token." }];
  if (token.length > MAX_VALUE_LENGTH)
    return [{ path: "auth_token", message: `A token may have at most ${MAX_VALUE_LENGTH} characters.` }];
  if (/^(authorization:\s*)?bearer\s/i.test(token))
    return [
      { path: "auth_token", message: "Leave out the word Bearer: it is put before the token by itself." },
    ];
  const invisible = invisibleProblem(token);
  if (invisible !== null) return [{ path: "auth_token", message: invisible }];
  const unfit = firstPlace(token, /[^\x21-\x7e]/u);
  if (unfit === null) return [];
  return [
    {
      path: "auth_token",
      message: `A token may hold only Latin letters, digits and signs, and no spaces, not ${unfit}.`,
    },
  ];
}

function validateCredentials({
  username,
  password,
}: Pick<WebhookAuth, "username" | "password">): FieldError[] {
  const errors: FieldError[] = [];
  if (!username) errors.push({ path: "auth_username", message: "Basic authorization needs a user name." });
  if (!password) errors.push({ path: "auth_password", message: "Basic authorization needs a password." });
  // RFC 7617: the first colon ends the user name, and neither part holds control characters.
  if (username?.includes(":"))
    errors.push({ path: "auth_username", message: "A user name must not contain a colon." });
  for (const [path, text] of [
    ["auth_username", username],
    ["auth_password", password],
  ] as const) {
    if (text === null) continue;
    const invisible = invisibleProblem(text);
    if (invisible !== null) errors.push({ path, message: invisible });
    const control = firstPlace(text, /\p{Control}/u);
    if (control !== null)
      errors.push({ path, message: `Control characters are not allowed here: ${control}.` });
    if (text.length > 1024)
      errors.push({ path, message: `At most 1024 characters are allowed, not ${text.length}.` });
  }
  return errors;
}

/** RFC 7617 with UTF-8, so that a Cyrillic password works. */
function basicCredentials({ username, password }: Pick<WebhookAuth, "username" | "password">): string {
  return Buffer.from(`${username ?? ""}:${password ?? ""}`, "utf8").toString("base64");
}

function tooMany(message: string): FieldError {
  return { path: "custom_headers", message };
}
