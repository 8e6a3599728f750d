import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { answer } from "@/lib/outbound/testing/behaviours";
import { makeEvent } from "./support/orders";
import { signIn as signInPage } from "./support/panel";
import { ACCESS, type Product } from "./support/product";
import { actionNames, callAction, signIn } from "./support/session";
import { expect, type Json, test } from "./support/test";

const EVIL = "https://evil.example";
const PAGES = [
  "/sign-in",
  "/webhooks",
  "/webhooks/new",
  "/logs",
  "/orders",
  "/inspector",
  "/settings/users",
  "/api/docs",
];
const OTHERS = [
  "/api/health",
  "/api/v1/outgoing-webhooks",
  "/api/v1/nowhere",
  "/api/auth/csrf",
  "/e/wrong",
  "/nowhere",
  "/api/auth/signout",
  "/api/nope",
  "/e/x/y",
  "/_next/static/nope",
  "/_next/image?url=%2Ficon.svg&w=64&q=75",
  "/%zz",
];

test("every answer has the security headers; pages have a strict CSP with a nonce of their own", async ({
  product,
}) => {
  const { cookie } = await signIn({ url: product.url });
  const nonces = new Set<string>();
  for (const path of [...PAGES, ...OTHERS]) {
    const { headers } = await fetch(product.url + path, { headers: { cookie }, redirect: "manual" });
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("x-frame-options"), path).toBe("DENY");
    expect(headers.get("referrer-policy"), path).toBe("strict-origin-when-cross-origin");
    expect(headers.get("strict-transport-security"), path).toMatch(/max-age=31536000/);
    expect(headers.get("permissions-policy"), path).toMatch(/camera=\(\)/);
    expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
    expect(headers.get("x-powered-by"), path).toBeNull();
    expect(headers.get("access-control-allow-origin"), path).toBeNull();
  }
  for (const path of PAGES.filter((page) => page !== "/sign-in")) {
    const page = await fetch(product.url + path, { headers: { cookie } });
    const policy = page.headers.get("content-security-policy") ?? "";
    const directives = new Map(policy.split("; ").map((line) => [line.split(" ")[0], line]));
    const [, nonce = ""] = /'nonce-([^']{16,})'/.exec(directives.get("script-src") ?? "") ?? [];
    expect(directives.get("script-src"), path).toBe(`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`);
    expect(policy, path).toContain(
      "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    const scripts = (await page.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length, path).toBeGreaterThan(0);
    for (const script of scripts) expect(script, path).toContain(`nonce="${nonce}"`);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(PAGES.length - 1);
});

test("no request is answered with 500, whatever its method, address, headers and body are", async ({
  product,
}) => {
  const heads = [
    ...["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"].flatMap((method) =>
      ["/", "/api/auth/session", "/api/auth/callback/credentials", "/api/inngest", "/api/nope", "/e/x/y"].map(
        (path) => `${method} ${path} HTTP/1.1`,
      ),
    ),
    "GET /%zz HTTP/1.1",
    "GET /orders/%zz HTTP/1.1",
    "GET /api/v1/order-events/%ff HTTP/1.1",
    "POST /e/%zz HTTP/1.1",
    "GET //evil.example/ HTTP/1.1",
    "GET http://evil.example/ HTTP/1.1",
    "GET /api/auth/signin?callbackUrl=::: HTTP/1.1",
    "GET /api/auth/session?callbackUrl=::: HTTP/1.1",
    "GET /_next/image?url=%2Ficon.svg&w=64&q=75 HTTP/1.1",
    "CONNECT a:80 HTTP/1.1",
  ];
  for (const head of heads) {
    expect(await statusOf({ product, head }), head).toBeLessThan(500);
  }
  for (const body of ["{bad", "null", "[1]", '{"csrfToken":{}}', "\0", ""]) {
    for (const action of ["_log", "signin/credentials", "callback/credentials", "signout", "session"]) {
      const { status } = await fetch(`${product.url}/api/auth/${action}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        redirect: "manual",
      });
      expect(status, `${action} ${body}`).toBeLessThan(500);
    }
  }
  expect(product.output()).not.toContain("SyntaxError");
});

test("a body of 300 MiB to sign-in is refused unread, with its length and without", async ({ product }) => {
  const before = peakMemory(product.pid);
  // Nobody reads what goes to _log: it may be answered before it has become too long.
  for (const [path, statuses] of [
    ["/api/auth/callback/credentials", [413]],
    ["/api/auth/_log", [413, 204]],
  ] as const) {
    for (const announced of [true, false]) {
      const { status } = await sendMebibytes({ product, path, count: 300, announced });
      expect(announced ? [413] : statuses, `${path} ${announced ? "with its length" : "chunked"}`).toContain(
        status,
      );
    }
  }
  expect(peakMemory(product.pid) - before).toBeLessThan(100);
});

test("a request to upgrade to HTTP/2 is answered over HTTP/1.1, the intake's too", async ({ product }) => {
  const upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__";
  await fetch(`${product.url}/sign-in`);
  expect(await statusOf({ product, head: `GET /api/health HTTP/1.1\r\n${upgrade}`, isOpen: true })).toBe(200);
  const intake = `POST /e/${ACCESS.eventKey} HTTP/1.1\r\n${upgrade}\r\nContent-Length: 2`;
  expect(await statusOf({ product, head: intake, body: "[]", isOpen: true })).toBeLessThan(500);
});

test("two Host headers, none, or one that is no address are refused", async ({ product }) => {
  for (const host of ["Host: a\r\nHost: b", "X-No-Host: a", "Host: a/b@c", "Host:"]) {
    expect(await statusOf({ product, head: "GET /api/health HTTP/1.1", host }), host).toBe(400);
  }
});

test("session cookies are HttpOnly and SameSite, over https also Secure; tokens of the API are never cookies", async ({
  product,
}) => {
  for (const [proto, prefix] of [
    ["http", ""],
    ["https", "__Secure-"],
  ] as const) {
    const session = await signIn({
      url: product.url,
      headers: { "x-forwarded-proto": proto, "x-forwarded-for": "203.0.113.77" },
    });
    const cookie =
      session.setCookies.find((one) => one.startsWith(`${prefix}next-auth.session-token=`)) ?? "";
    expect(cookie, session.setCookies.join("\n")).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).toMatch(/; Path=\//);
    expect(/; Secure/.test(cookie)).toBe(proto === "https");
    for (const one of session.setCookies.filter((text) => /csrf|session/.test(text)))
      expect(one).toMatch(/; HttpOnly/);
  }
  const { headers } = await fetch(`${product.url}/api/v1/outgoing-webhooks`, {
    headers: { authorization: `Bearer ${ACCESS.apiToken}` },
  });
  expect(headers.getSetCookie()).toEqual([]);
});

test("CSRF: a session cookie alone opens no REST verb, no sign-in works without the form's token", async ({
  product,
  api,
  addWebhook,
}) => {
  const { cookie } = await signIn({ url: product.url });
  const webhook = await addWebhook();
  for (const [method, path] of [
    ["DELETE", `/${webhook.id}`],
    ["POST", ""],
    ["POST", `/${webhook.id}/test`],
  ] as const) {
    const url = `${product.url}/api/v1/outgoing-webhooks${path}`;
    const { status } = await fetch(url, {
      method,
      headers: { cookie, "content-type": "text/plain" },
      body: "{}",
    });
    expect(status, `${method} ${path}`).toBe(401);
  }
  expect((await api.get(`/outgoing-webhooks/${webhook.id}`)).status).toBe(200);
  for (const csrfToken of [undefined, "forged"]) {
    const body = new URLSearchParams({
      email: ACCESS.adminEmail,
      password: ACCESS.adminPassword,
      json: "true",
    });
    if (csrfToken) body.set("csrfToken", csrfToken);
    const answer = await fetch(`${product.url}/api/auth/callback/credentials`, {
      method: "POST",
      body,
      redirect: "manual",
    });
    expect(answer.headers.getSetCookie().join("\n")).not.toContain("session-token=");
  }
});

test("CSRF: a server action from another origin changes nothing; from the panel's own it does", async ({
  product,
  api,
  addWebhook,
}) => {
  const { cookie } = await signIn({ url: product.url });
  const webhook = await addWebhook();
  const isActive = async () => ((await api.get(`/outgoing-webhooks/${webhook.id}`)).body as Json).is_active;
  const call = {
    url: product.url,
    cookie,
    name: "pauseNowAction",
    input: { webhookId: webhook.id },
  };
  for (const origin of [
    EVIL,
    "null",
    `${product.url}.evil.example`,
    product.url.replace("127.0.0.1", "localhost"),
  ]) {
    const { status } = await callAction({ ...call, headers: { origin } });
    expect(await isActive(), `from ${origin}, answered ${status}`).toBe(true);
  }
  await callAction({ ...call, headers: { origin: EVIL, "x-forwarded-host": "evil.example" } });
  await callAction(call);
  expect(await isActive()).toBe(false);
});

// What each action takes, so that a role that may call it gets past the check of its input.
const ACTIONS: Record<string, { needs: Role; input: unknown }> = {
  createUserAction: { needs: "admin", input: { email: "matrix@example.com", name: "Matrix", role: "admin" } },
  updateUserAction: { needs: "admin", input: { id: 2_000_000_000, role: "admin" } },
  resetPasswordAction: { needs: "admin", input: { id: 2_000_000_000 } },
  resetSecondFactorAction: { needs: "admin", input: { id: 2_000_000_000 } },
  createTokenAction: { needs: "admin", input: { name: "matrix", role: "admin" } },
  revokeTokenAction: { needs: "admin", input: { id: 2_000_000_000 } },
  createWebhookAction: { needs: "manager", input: { name: "Matrix", webhook_url: "https://example.com/" } },
  updateWebhookAction: { needs: "manager", input: { webhookId: 2_000_000_000, changes: { name: "x" } } },
  switchOnAction: { needs: "manager", input: { webhookId: 2_000_000_000 } },
  pauseNowAction: { needs: "manager", input: { webhookId: 2_000_000_000 } },
  bulkAction: { needs: "operator", input: { verb: "test", webhookIds: [2_000_000_000] } },
  planImportAction: { needs: "manager", input: { file: [] } },
  importWebhooksAction: { needs: "manager", input: { file: [{}], chosen: [5], secrets: {} } },
  moveInspectorAction: { needs: "manager", input: {} },
  clearInspectorAction: { needs: "manager", input: {} },
  changeBehaviourAction: {
    needs: "manager",
    input: { answer: "200", when: "always", count: 2, delaySeconds: 0, retryAfterSeconds: 0, body: "" },
  },
  probeNowAction: { needs: "manager", input: { webhookId: 2_000_000_000 } },
  sendWaitingAction: { needs: "manager", input: { webhookId: 2_000_000_000 } },
  cancelWaitingAction: { needs: "manager", input: { webhookId: 2_000_000_000 } },
  removeWebhookAction: { needs: "manager", input: { webhookId: 2_000_000_000 } },
  rotateSecretAction: { needs: "manager", input: { webhookId: 2_000_000_000 } },
  resendEventAction: { needs: "manager", input: { eventId: "matrix", webhookId: 2_000_000_000 } },
  resendOrderAction: { needs: "manager", input: { eventId: "matrix" } },
  rawEventAction: { needs: "operator", input: { eventId: "matrix" } },
  testWithEventAction: { needs: "operator", input: { eventId: "matrix", webhookId: 2_000_000_000 } },
  testWebhookAction: { needs: "operator", input: { webhookId: 2_000_000_000, payload: "guide" } },
};
type Role = (typeof ROLES)[number];
const ROLES = ["viewer", "operator", "manager", "admin"] as const;
const FORBIDDEN = /требуется роль|нужна роль|роль|role/i;

test("every server action, called directly by a user of every role and by nobody, obeys the role matrix", async ({
  product,
}) => {
  test.setTimeout(300_000);
  const { cookie: adminCookie } = await signIn({ url: product.url });
  expect(actionNames(), "the build has these actions").toEqual(expect.arrayContaining(Object.keys(ACTIONS)));
  for (const role of ROLES) {
    const cookie = role === "admin" ? adminCookie : (await newUser({ product, adminCookie, role })).cookie;
    for (const [name, { needs, input }] of Object.entries(ACTIONS)) {
      const { text } = await callAction({ url: product.url, cookie, name, input });
      const isAllowed = ROLES.indexOf(role) >= ROLES.indexOf(needs);
      if (isAllowed) expect(text, `${role}: ${name}`).not.toMatch(/"ok":false,"message":"[^"]*(роль|role)/i);
      else expect(text, `${role}: ${name}`).toMatch(/"ok":false/);
      if (!isAllowed) expect(text, `${role}: ${name}`).toMatch(FORBIDDEN);
    }
  }
  for (const [name, { input }] of Object.entries(ACTIONS)) {
    for (const cookie of [
      "",
      "next-auth.session-token=forged",
      adminCookie.replace(/(session-token=[^;]*)[^;]{8}/, "$1AAAAAAAA"),
    ]) {
      const { text } = await callAction({ url: product.url, cookie, name, input });
      expect(text, `nobody: ${name}`).not.toMatch(/"ok":true/);
    }
  }
});

test("a session ends at once when its user is disabled, and when the role is changed", async ({
  product,
}) => {
  const { cookie: adminCookie } = await signIn({ url: product.url });
  for (const change of [{ is_active: false }, { role: "admin" }]) {
    const user = await newUser({ product, adminCookie, role: "viewer" });
    const page = () =>
      fetch(`${product.url}/webhooks`, { headers: { cookie: user.cookie }, redirect: "manual" });
    expect((await page()).status).toBe(200);
    const input = { id: user.id, ...change };
    const { text } = await callAction({
      url: product.url,
      cookie: adminCookie,
      name: "updateUserAction",
      input,
    });
    expect(text).toMatch(/"ok":true/);
    const after = await page();
    expect(after.status, JSON.stringify(change)).toBe(307);
    expect(after.headers.get("location")).toMatch(/\/sign-in/);
    const newer = `${product.url}/logs/newer?after=0`;
    expect((await fetch(newer, { headers: { cookie: user.cookie } })).status).toBe(401);
    const again = await signIn({
      url: product.url,
      email: user.email,
      password: user.password,
      headers: FROM_ELSEWHERE,
    });
    expect(again.cookie === "", "a disabled user cannot sign in").toBe("is_active" in change);
  }
});

const CALLBACKS = [
  EVIL,
  "//evil.example",
  "/\\evil.example",
  "https:evil.example",
  "/\t/evil.example",
  "javascript:alert(1)",
  "/sign-in/../..//evil.example",
];

test("no open redirect: signing in or out leads to this site only, whatever callbackUrl says", async ({
  product,
}) => {
  const { cookie } = await signIn({ url: product.url });
  for (const callbackUrl of CALLBACKS) {
    const query = `callbackUrl=${encodeURIComponent(callbackUrl)}`;
    for (const path of [
      `/sign-in?${query}`,
      `/api/auth/signin?${query}`,
      `/api/auth/signin/credentials?${query}`,
    ]) {
      for (const sent of [cookie, ""]) {
        const { status, headers } = await fetch(product.url + path, {
          headers: { cookie: sent },
          redirect: "manual",
        });
        expectHere({ product, location: headers.get("location"), what: `${path} → ${status}` });
      }
    }
    const csrf = await fetch(`${product.url}/api/auth/csrf`, { headers: { cookie } });
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    const csrfCookie = csrf.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    const out = await fetch(`${product.url}/api/auth/signout`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: csrfCookie },
      body: new URLSearchParams({ csrfToken, callbackUrl, json: "true" }),
    });
    const { url } = (await out.json()) as { url: string };
    expectHere({ product, location: url, what: `sign-out with ${callbackUrl}` });
  }
});

const SCRIPT = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'"><svg onload="window.hacked=1">`;

test("XSS planted in every text field of webhooks, orders, users, tokens and receivers' answers stays text on every page", async ({
  page,
  product,
  receiver,
  api,
  addWebhook,
  send,
  attemptsOf,
}) => {
  test.setTimeout(300_000);
  receiver.always(
    answer(500, {
      body: `<html><body>${SCRIPT}</body></html>`,
      headers: { "content-type": "text/html", "x-echo": SCRIPT },
    }),
  );
  const webhook = await addWebhook({
    name: SCRIPT,
    description: SCRIPT,
    webhook_url: `${receiver.url}/${encodeURIComponent(SCRIPT)}?q=<script>`,
    auth_type: "basic",
    auth_username: SCRIPT.replaceAll(":", ""),
    auth_password: "p",
    filter_statuses: [SCRIPT],
    filter_organization_ids: [SCRIPT],
    payload_format: "custom",
    custom_payload_template: JSON.stringify({ [SCRIPT]: SCRIPT, name: "{{customer_name}}" }),
    retry_count: 0,
  });
  const texts =
    "external_order_id iiko_order_id readable_number iiko_order_number restaurant_name creation_status error_info problem customer_name customer_phone delivery_address courier_id courier_name";
  const order = Object.fromEntries(texts.split(" ").map((field) => [field, SCRIPT]));
  const items = [{ product_id: SCRIPT, name: SCRIPT, amount: 1, price: 1, sum: 1, modifiers: [] }];
  const event = makeEvent({
    order: { ...order, status: SCRIPT, organization_id: SCRIPT, items, [SCRIPT]: SCRIPT },
    previousStatus: SCRIPT,
  });
  await send({ ...event, id: SCRIPT.slice(0, 60) });
  await send({ id: "misfit", name: `order.${SCRIPT}`, data: { order: SCRIPT } });
  const [attempt] = await attemptsOf(webhook, 1);
  const { cookie } = await signIn({ url: product.url });
  await callAction({
    url: product.url,
    cookie,
    name: "createTokenAction",
    input: { name: SCRIPT.slice(0, 100), role: "viewer" },
  });
  const user = { name: SCRIPT.slice(0, 100), email: "xss@example.com", role: "viewer" };
  await callAction({ url: product.url, cookie, name: "createUserAction", input: user });

  await signInPage({ page, product });
  const eventId = encodeURIComponent(SCRIPT.slice(0, 60));
  const paths = [
    ...["/overview", "/webhooks", `/webhooks/${webhook.id}`, `/webhooks/${webhook.id}/edit`],
    ...["/logs", `/logs/${attempt?.id}`, `/logs?q=${encodeURIComponent(SCRIPT)}`],
    ...["/orders", `/orders?q=${encodeURIComponent(SCRIPT)}`, `/orders/${eventId}`, "/orders/misfit"],
    ...["/settings/users", "/settings/tokens", "/settings/audit", "/settings/sources"],
    `/nowhere/${encodeURIComponent(SCRIPT)}`,
  ];
  let shown = 0;
  for (const path of paths) {
    await page.goto(product.url + path);
    await page.locator("main, h1").first().waitFor();
    expect(await page.evaluate(() => "hacked" in window), path).toBe(false);
    expect(await page.locator("img[src='x'], svg[onload], [onerror]").count(), path).toBe(0);
    if ((await page.getByText("<img src=x").count()) > 0) shown += 1;
  }
  expect(shown, "the planted text is shown as text").toBeGreaterThanOrEqual(6);
  expect((await api.get("/outgoing-webhooks")).headers.get("content-type")).toContain("application/json");
});

type Raw = { product: Product; head: string; host?: string; body?: string; isOpen?: boolean };

/** The status of an answer to these very bytes; 0 when the connection was closed without one. */
async function statusOf({
  product,
  head,
  host = "Host: a",
  body = "",
  isOpen = false,
}: Raw): Promise<number> {
  const socket = net.connect(Number(new URL(product.url).port), "127.0.0.1");
  socket.on("error", () => {});
  socket.write(`${head}\r\n${host}\r\n${isOpen ? "" : "Connection: close\r\n"}\r\n${body}`);
  const [chunk = ""] = await Promise.race([once(socket, "data"), once(socket, "close").then(() => [""])]);
  socket.destroy();
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(String(chunk))?.[1] ?? 0);
}

type Large = { product: Product; path: string; count: number; announced: boolean };

async function sendMebibytes({ product, path, count, announced }: Large) {
  const mebibyte = Buffer.alloc(1024 * 1024, "1,");
  const length = announced ? { "content-length": count * mebibyte.byteLength } : {};
  const request = http.request(product.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...length },
  });
  request.on("error", () => {});
  const answered = once(request, "response") as Promise<[http.IncomingMessage]>;
  let isClosed = false;
  request.once("close", () => {
    isClosed = true;
  });
  for (let sent = 0; sent < count && !isClosed; sent += 1) {
    await new Promise<void>((done) => {
      request.once("close", done);
      request.write(mebibyte, () => {
        request.off("close", done);
        done();
      });
    });
  }
  request.end();
  const [response] = await answered;
  response.resume();
  return { status: response.statusCode };
}

/** In MiB, as Linux counts it. */
function peakMemory(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

type Made = { product: Product; adminCookie: string; role: Role };
const FROM_ELSEWHERE = { "x-forwarded-for": "203.0.113.5" };
let users = 0;

async function newUser({ product, adminCookie, role }: Made) {
  users += 1;
  const email = `user${users}-${role}@example.com`;
  const input = { email, name: `User ${users}`, role };
  const { text } = await callAction({
    url: product.url,
    cookie: adminCookie,
    name: "createUserAction",
    input,
  });
  const password = /"password":"([^"]+)"/.exec(text)?.[1] ?? "";
  expect(password, text).toBeTruthy();
  const { cookie } = await signIn({ url: product.url, email, password, headers: FROM_ELSEWHERE });
  expect(cookie).toBeTruthy();
  const list = await fetch(`${product.url}/settings/users`, { headers: { cookie: adminCookie } });
  const html = (await list.text()).replaceAll('\\"', '"');
  const [, id] = new RegExp(`"id":(\\d+),"email":"${email}"`).exec(html) ?? [];
  expect(id, `${email} is in the list of users`).toBeTruthy();
  return { email, password, cookie, id: Number(id) };
}

type Leading = { product: Product; location: string | null; what: string };

function expectHere({ product, location, what }: Leading): void {
  if (location !== null)
    expect(new URL(location, product.url).origin, `${what}: ${location}`).toBe(product.url);
}
