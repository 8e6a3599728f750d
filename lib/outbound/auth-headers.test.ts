import { expect, test } from "vitest";
import {
  authHeaders,
  validateAuth,
  validateCustomHeaders,
  type WebhookAuth,
} from "@/lib/outbound/auth-headers";

const nothing: WebhookAuth = {
  authType: "none",
  token: null,
  username: null,
  password: null,
  customHeaders: null,
};

const BEARER = { authType: "bearer", token: "t" } as const;

test.each<[string, Partial<WebhookAuth>, Record<string, string>]>([
  ["none, whatever else is kept", { authType: "none", token: "t" }, {}],
  ["bearer", { authType: "bearer", token: "tok-1" }, { Authorization: "Bearer tok-1" }],
  ["bearer without a token", { authType: "bearer" }, {}],
  [
    "basic",
    { authType: "basic", username: "user", password: "pass" },
    { Authorization: "Basic dXNlcjpwYXNz" },
  ],
  [
    "basic with an empty password",
    { authType: "basic", username: "user" },
    { Authorization: "Basic dXNlcjo=" },
  ],
  [
    "basic in UTF-8",
    { authType: "basic", username: "кафе", password: "пароль" },
    { Authorization: `Basic ${Buffer.from("кафе:пароль", "utf8").toString("base64")}` },
  ],
  [
    "custom",
    { authType: "custom", customHeaders: { "X-API-Key": "k", "X-Custom-Header": "value" } },
    { "X-API-Key": "k", "X-Custom-Header": "value" },
  ],
  ["custom without headers", { authType: "custom" }, {}],
  ["custom headers beside none", { customHeaders: { "X-Shop": "7" } }, { "X-Shop": "7" }],
  [
    "custom headers beside a token, whose own header wins",
    { authType: "bearer", token: "t", customHeaders: { AUTHORIZATION: "x", "X-Shop": "7" } },
    { Authorization: "Bearer t", "X-Shop": "7" },
  ],
])("authHeaders for %s", (_name, auth, expected) => {
  expect(authHeaders({ ...nothing, ...auth })).toEqual(expected);
});

test.each<[string, Partial<WebhookAuth>, string[]]>([
  ["none", {}, []],
  ["a token", { authType: "bearer", token: "eyJhbGciOi.J9-_~+/=" }, []],
  ["no token", { authType: "bearer" }, ["auth_token"]],
  ["a token with a line break", { authType: "bearer", token: "a\r\nX-Evil: 1" }, ["auth_token"]],
  ["a token with a space", { authType: "bearer", token: "a b" }, ["auth_token"]],
  ["a token in Cyrillic", { authType: "bearer", token: "токен" }, ["auth_token"]],
  ["a token without an end", { authType: "bearer", token: "x".repeat(4097) }, ["auth_token"]],
  ["a user name and a password", { authType: "basic", username: "кафе", password: "п: ароль" }, []],
  ["no user name", { authType: "basic", password: "p" }, ["auth_username"]],
  ["a user name with a colon", { authType: "basic", username: "a:b", password: "p" }, ["auth_username"]],
  [
    "control characters in both",
    { authType: "basic", username: "a\n", password: "\0" },
    ["auth_username", "auth_password"],
  ],
  ["no custom headers", { authType: "custom", customHeaders: {} }, ["custom_headers"]],
  ["a custom header beside none", { customHeaders: { "X-Shop": "7" } }, []],
  [
    "a bad custom header beside a token",
    { ...BEARER, customHeaders: { Host: "x" } },
    ["custom_headers.Host"],
  ],
  [
    "a token and an Authorization of its own",
    { ...BEARER, customHeaders: { authorization: "Token x", "X-Shop": "7" } },
    ["custom_headers.authorization"],
  ],
  ["an Authorization of its own", { authType: "custom", customHeaders: { Authorization: "Token x" } }, []],
  ["a bad custom header", { authType: "custom", customHeaders: { Host: "x" } }, ["custom_headers.Host"]],
])("validateAuth on %s", (_name, auth, paths) => {
  expect(validateAuth({ ...nothing, ...auth }).map(({ path }) => path)).toEqual(paths);
});

test.each<[string, Record<string, unknown>]>([
  ["ordinary headers", { "X-API-Key": "k", Authorization: "Token abc", Cookie: "a=b", "X-Empty": "" }],
  ["Latin-1 and tabs", { "X-Name": "caf\u00e9\tbar" }],
  ["a JSON type", { "Content-Type": "application/json; charset=utf-8" }],
  ["another JSON type", { "content-type": "application/vnd.crm.order+json" }],
  ["a JSON type that is kept", { "Content-Type": "***" }],
  ["50 headers", Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`x-${i}`, "v"]))],
])("validateCustomHeaders accepts %s", (_name, headers) => {
  expect(validateCustomHeaders(headers)).toEqual([]);
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ["a reserved name", { "Content-Length": "0" }, /set by the product itself/],
  ["a signature of its own", { "Webhook-Signature": "v1,x" }, /set by the product itself/],
  ["another type", { "Content-Type": "text/plain" }, /The body is JSON/],
  ["a form's type", { "content-type": "application/x-www-form-urlencoded" }, /The body is JSON/],
  [
    "another charset",
    { "Content-Type": "application/json; charset=windows-1251" },
    /The body is JSON in UTF-8/,
  ],
  ["a hop-by-hop name", { "Transfer-Encoding": "chunked" }, /set by the product itself/],
  ["a proxy name", { "Proxy-Authorization": "Basic x" }, /set by the product itself/],
  ["a prototype", JSON.parse('{"__proto__":"x"}'), /set by the product itself/],
  ["a name with a colon", { "X-A: b\r\nX-B": "1" }, /only Latin letters/],
  ["a name in Cyrillic", { Ключ: "1" }, /only Latin letters/],
  ["an empty name", { "": "1" }, /needs a name/],
  ["a long name", { ["x".repeat(101)]: "1" }, /at most 100/],
  ["the same name twice", { "X-Key": "1", "x-key": "2" }, /given twice/],
  ["CR LF in a value", { "X-Key": "1\r\nX-Evil: 1" }, /one line/],
  ["NUL in a value", { "X-Key": "1\0" }, /one line/],
  ["Cyrillic in a value", { "X-Key": "ключ" }, /ISO 8859-1/],
  ["a space around a value", { "X-Key": " k" }, /begin or end/],
  ["a number", { "X-Key": 1 }, /must be a string/],
  ["a list", { "X-Key": ["1"] }, /must be a string/],
  ["a long value", { "X-Key": "v".repeat(4097) }, /at most 4096/],
  ["too much in all", { a: "v".repeat(4000), b: "v".repeat(4000), c: "v".repeat(200) }, /at most 8192/],
  ["51 headers", Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`x-${i}`, "v"])), /at most 50/],
])("validateCustomHeaders refuses %s", (_name, headers, message) => {
  const errors = validateCustomHeaders(headers);
  expect(errors).toHaveLength(1);
  expect(errors[0]?.message).toMatch(message);
  expect(errors[0]?.path).toMatch(/^custom_headers/);
});
