import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { ROLES, type Role } from "@/lib/auth/actor";
import { type Api, createApi, sendEvents } from "./support/api";
import { figure, residentMiB } from "./support/figures";
import { makeEvent } from "./support/orders";
import { ACCESS, type Product } from "./support/product";
import { callAction, signIn } from "./support/session";
import { expect, type Json, test } from "./support/test";

const INJECTIONS = [
  "'",
  "' or '1'='1",
  "'; drop table outgoing_webhook_logs; --",
  "1); delete from deliveries; --",
  "1 union select password_hash from users",
  "\\'; select pg_sleep(5); --",
  "{{7*7}}",
  "%",
  "_%",
  "\u0000",
  "\ud800",
  "-1",
  "9".repeat(40),
  "x".repeat(5_000),
];

test("SQL in every query parameter of every list, and in ids, is data: no 500, nothing matched, nothing changed", async ({
  api,
  product,
  addWebhook,
  send,
  attemptsOf,
}) => {
  test.setTimeout(300_000);
  const webhook = await addWebhook();
  await send(makeEvent());
  await attemptsOf(webhook, 1);
  let asked = 0;
  for (const { path, queryNames } of await listOperations(product.url)) {
    for (const parameter of queryNames) {
      for (const text of INJECTIONS) {
        const at = path.replace("{webhook_id}", String(webhook.id));
        const answer = await api.get(`${at}?${parameter}=${encodeURIComponent(text.toWellFormed())}`);
        const what = `${at} ${parameter}=${text.slice(0, 50)}: ${JSON.stringify(answer.body).slice(0, 200)}`;
        expect([200, 422], what).toContain(answer.status);
        if (answer.status === 200) expect(answer.body, what).toEqual([]);
        asked += 1;
      }
    }
  }
  const ids = ["/outgoing-webhooks/", "/outgoing-webhook-logs/", "/order-events/"];
  for (const path of ids.flatMap((at) =>
    INJECTIONS.map((text) => at + encodeURIComponent(text.toWellFormed())),
  )) {
    const { status } = await api.get(path);
    expect([400, 404, 422], path.slice(0, 100)).toContain(status);
    asked += 1;
  }
  const { cookie } = await signIn({ url: product.url });
  for (const page of ["/logs?", "/orders?", "/webhooks?", "/logs/newer?"]) {
    for (const name of [
      "q",
      "search",
      "webhook_id",
      "success",
      "status",
      "since",
      "until",
      "before",
      "after",
      "name",
    ]) {
      for (const text of INJECTIONS.slice(0, 3)) {
        const url = `${product.url}${page}${name}=${encodeURIComponent(text)}`;
        expect((await fetch(url, { headers: { cookie } })).status, url).toBe(200);
        asked += 1;
      }
    }
  }
  await attemptsOf(webhook, 1);
  figure(`SQL injection: ${asked} requests, no 500`);
});

test("every REST operation, called directly with a token of every role, obeys the role matrix", async ({
  product,
  addWebhook,
}) => {
  const webhook = await addWebhook();
  const { cookie } = await signIn({ url: product.url });
  const apis = new Map<Role, Api>();
  for (const role of ROLES) {
    const input = { name: `matrix ${role}`, role };
    const { text } = await callAction({ url: product.url, cookie, name: "createTokenAction", input });
    const token = /"token":"([^"]+)"/.exec(text)?.[1];
    expect(token, text).toBeTruthy();
    apis.set(role, createApi({ url: product.url, token }));
  }
  for (const { method, path, role: needed } of await listOperations(product.url)) {
    const at = path
      .replace("{webhook_id}", method === "DELETE" ? "2000000000" : String(webhook.id))
      .replace("{log_id}", "2000000000")
      .replace("{event_id}", "none");
    for (const [role, api] of apis) {
      const verb = method.toLowerCase() as keyof Api;
      const { status } = await api[verb](at, method === "GET" || method === "DELETE" ? undefined : "{}");
      const isAllowed = ROLES.indexOf(role) >= ROLES.indexOf(needed);
      expect(status === 403, `${role}: ${method} ${path} → ${status}`).toBe(!isAllowed);
      expect(status, `${role}: ${method} ${path}`).toBeLessThan(500);
      expect(status).not.toBe(401);
    }
  }
});

test("__proto__ and constructor in JSON pollute nothing and are refused or kept as plain data", async ({
  api,
  addWebhook,
  send,
  receiver,
}) => {
  const good = `"name":"x","webhook_url":"${receiver.url}"`;
  const hostile = [
    `{${good},"__proto__":{"is_active":false,"isActive":false}}`,
    `{${good},"constructor":{"prototype":{"is_active":false}}}`,
    `{${good},"auth_type":"custom","custom_headers":{"__proto__":"x"}}`,
    `{${good},"auth_type":"custom","custom_headers":{"__proto__":{"x-evil":"1"}}}`,
    `{${good},"include_fields":["__proto__"]}`,
    `{${good},"include_fields":["constructor"]}`,
    ...["__proto__", "constructor", "order.__proto__", "order.constructor.name", "order.toString"].map(
      (name) => `{${good},"payload_format":"custom","custom_payload_template":"{\\"a\\":\\"{{${name}}}\\"}"}`,
    ),
  ];
  for (const body of hostile) {
    const answer = await api.post("/outgoing-webhooks", body);
    expect(answer.status, `${body}: ${JSON.stringify(answer.body)}`).toBe(422);
  }
  const webhook = await addWebhook({ payload_format: "custom" });
  expect(webhook).toMatchObject({ is_active: true, retry_count: 3 });
  const order = '"id":1,"external_order_id":"proto","status":"Closed"';
  await send(
    `{"name":"order.created","data":{"order":{${order},"__proto__":{"customer_name":"evil"},"constructor":{"prototype":{"courier_name":"evil"}}}},"__proto__":{"name":"order.cancelled"}}`,
  );
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request?.body ?? "")).toMatchObject({
    event: "order.created",
    order: { external_id: "proto", customer_name: null, courier_name: null },
  });
});

const INJECTED_HEADERS: [string, Json][] = [
  ["CRLF in a custom header's value", headers({ "X-Key": "a\r\nX-Injected: 1" })],
  ["LF alone", headers({ "X-Key": "a\nX-Injected: 1" })],
  ["CRLF in its name", headers({ "X-Key\r\nX-Injected": "1" })],
  ["a colon in its name", headers({ "X-Key: 1": "1" })],
  ["a NUL", headers({ "X-Key": "a\u0000b" })],
  ["a character that no header can carry", headers({ "X-Key": "ключ" })],
  ["Host", headers({ Host: "evil.example" })],
  ["Content-Length", headers({ "Content-Length": "0" })],
  ["Transfer-Encoding", headers({ "transfer-encoding": "chunked" })],
  ["Connection", headers({ Connection: "upgrade" })],
  ["Webhook-Signature", headers({ "Webhook-Signature": "v1,forged" })],
  ["CRLF in the bearer token", { auth_type: "bearer", auth_token: "a\r\nX-Injected: 1" }],
  ["a bearer token no header can carry", { auth_type: "bearer", auth_token: "a\u0000b" }],
  ["a colon in the user name", { auth_type: "basic", auth_username: "a:b", auth_password: "c" }],
];

for (const [what, fields] of INJECTED_HEADERS) {
  test(`header injection is refused when saved: ${what}`, async ({ api, receiver }) => {
    const answer = await api.post("/outgoing-webhooks", { name: "x", webhook_url: receiver.url, ...fields });
    expect(answer.status, JSON.stringify(answer.body)).toBe(422);
    expect(JSON.stringify(answer.body)).not.toContain("Injected: 1");
  });
}

test("no text of an order or of a webhook's name reaches a request's headers", async ({
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  const crlf = "a\r\nX-Injected: 1";
  const webhook = await addWebhook({ name: "a X-Injected: 1" });
  const order = { external_order_id: crlf, customer_name: crlf, status: crlf, organization_id: crlf };
  await send({ ...makeEvent({ order }), id: crlf });
  const [attempt] = await attemptsOf(webhook, 1);
  expect(attempt).toMatchObject({ order_external_id: crlf });
  for (const request of receiver.requests) expect(Object.keys(request.headers)).not.toContain("x-injected");
});

test("ids and paths that climb out of their folder find nothing", async ({ product }) => {
  const climbs = [
    "..%2f..%2f..%2fetc%2fpasswd",
    "..%5c..%5cetc%5cpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "....//etc/passwd",
  ];
  const bases = [
    "/api/v1/order-events/",
    "/api/v1/outgoing-webhooks/",
    "/api/v1/",
    "/e/",
    "/_next/static/",
    "/_next/image?url=/",
    "/logs/",
    "/",
  ];
  const { cookie } = await signIn({ url: product.url });
  for (const path of bases.flatMap((base) => climbs.map((climb) => base + climb))) {
    const answer = await rawGet({
      product,
      path,
      headers: { cookie, authorization: `Bearer ${ACCESS.apiToken}` },
    });
    expect(answer.status, path).toBeLessThan(500);
    expect(answer.body, path).not.toMatch(/root:.*:0:0:/);
  }
});

test("oversized, endless, deeply nested and half-sent bodies are refused, memory stays flat and the product goes on", async ({
  product,
  api,
}) => {
  test.setTimeout(300_000);
  const before = residentMiB(product.pid);
  const nested = "[".repeat(900_000) + "]".repeat(900_000);
  const deepObject = `${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`;
  for (const body of [nested, deepObject, `{"name":${nested}}`]) {
    expect([400, 413]).toContain((await api.post("/outgoing-webhooks", body)).status);
    expect((await api.post("/events", body)).status).toBe(400);
    expect((await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events: body })).status).toBe(
      400,
    );
  }
  const manyKeys = `{${Array.from({ length: 60_000 }, (_, index) => `"k${index}":1`).join(",")}}`;
  const manyMistakes = {
    filter_statuses: Array.from({ length: 100_000 }, () => 1),
    custom_headers: { a: 1 },
  };
  for (const body of [manyKeys, manyMistakes]) {
    expect((await api.post("/outgoing-webhooks", body)).status).toBe(422);
  }
  const paths: [string, string, number][] = [
    ["/api/v1/outgoing-webhooks", ACCESS.apiToken, 413],
    ["/api/v1/events", ACCESS.apiToken, 413],
    [`/e/${ACCESS.eventKey}`, ACCESS.apiToken, 413],
    ["/api/v1/events", "wrong", 401],
    ["/e/wrong", "wrong", 401],
  ];
  for (const [path, token, status] of paths) {
    const megabytes = await endlessPost({ product, path, token, status });
    expect(megabytes, `${path} as ${token}`).toBeLessThan(status === 413 ? 200 : 40);
  }
  const half = connect(Number(new URL(product.url).port), "127.0.0.1");
  half.write(
    "POST /api/v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nContent-Type: application/json\r\n\r\n{",
  );
  await once(half, "connect");
  expect((await api.get("/outgoing-webhooks")).status).toBe(200);
  half.destroy();
  const after = residentMiB(product.pid);
  figure(`Oversized bodies: ${before} MiB before, ${after} MiB after`);
  if (before !== null && after !== null) expect(after - before).toBeLessThan(400);
});

test("guessing API tokens is limited to 30 a minute, and a known token still works meanwhile", async ({
  product,
  api,
}) => {
  expect((await api.get("/outgoing-webhooks")).status).toBe(200);
  const statuses: number[] = [];
  for (let guess = 0; guess < 40; guess += 1) {
    const stranger = createApi({ url: product.url, token: `guess-${guess}` });
    const answer = await stranger.get("/outgoing-webhooks");
    statuses.push(answer.status);
    if (answer.status === 429) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  }
  expect(statuses.indexOf(429)).toBeLessThanOrEqual(30);
  expect(statuses.at(-1)).toBe(429);
  expect((await api.get("/outgoing-webhooks")).status).toBe(200);
});

test("guessing a password is limited to 5 tries, in the same words for a known and an unknown e-mail", async ({
  product,
}) => {
  for (const email of [ACCESS.adminEmail, "nobody@example.com"]) {
    // As behind a proxy, so that the limit of this address does not bind the other tests.
    const headers = { "x-forwarded-for": `203.0.113.${email.length}` };
    const errors: (string | null)[] = [];
    for (let guess = 0; guess < 7; guess += 1) {
      const session = await signIn({ url: product.url, email, password: `guess ${guess}`, headers });
      expect(session.cookie).toBe("");
      errors.push(session.error);
    }
    expect(errors.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => "unauthorized"));
    for (const error of errors.slice(5)) expect(error).toMatch(/^rate_limited \d+$/);
    const right = await signIn({ url: product.url, email, password: ACCESS.adminPassword, headers });
    expect(right.cookie, "the right password does not help while it is limited").toBe("");
  }
});

type Described = Record<string, { "x-role": Role; parameters: { name: string; in: string }[] }>;

/** Every operation as the product itself describes it. */
async function listOperations(url: string) {
  const { paths } = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Described>;
  };
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { "x-role": role, parameters }]) => ({
      path,
      method: method.toUpperCase(),
      role,
      queryNames: parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name),
    })),
  );
}

function headers(custom_headers: Record<string, string>): Json {
  return { auth_type: "custom", custom_headers };
}

type Raw = { product: Product; path: string; headers: Record<string, string> };

// fetch would straighten the path before it is sent.
async function rawGet({ product, path, headers: sent }: Raw): Promise<{ status: number; body: string }> {
  const { port } = new URL(product.url);
  const asking = httpRequest({ host: "127.0.0.1", port, path, headers: sent }).end();
  const [response] = await once(asking, "response");
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, body: Buffer.concat(chunks).toString() };
}

type Endless = { product: Product; path: string; token: string; status: number };

/** Sends a body without end until it is answered; returns how many MiB went out. */
async function endlessPost({ product, path, token, status }: Endless): Promise<number> {
  const { port } = new URL(product.url);
  const sending = httpRequest({
    host: "127.0.0.1",
    port,
    path,
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  });
  sending.on("error", () => {});
  const answered = once(sending, "response").then(([response]) => response.statusCode as number);
  const block = Buffer.alloc(1024 * 1024, " ");
  let megabytes = 0;
  let isAnswered = false;
  answered.then(
    () => {
      isAnswered = true;
    },
    () => {},
  );
  while (!isAnswered && megabytes < 300 && !sending.destroyed) {
    megabytes += 1;
    if (!sending.write(block)) await Promise.race([once(sending, "drain"), answered]);
    await new Promise(setImmediate);
  }
  expect(await answered, path).toBe(status);
  sending.destroy();
  return megabytes;
}
