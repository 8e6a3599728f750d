import { createApi, sendEvents } from "./support/api";
import { makeEvent } from "./support/orders";
import { ACCESS } from "./support/product";
import { expect, type Json, test } from "./support/test";

const GOOD = { name: "Good", webhook_url: "https://example.com/webhook" };

const REFUSED: [string, Json, string, RegExp?][] = [
  ["no name", { webhook_url: GOOD.webhook_url }, "name"],
  ["no URL", { name: "x" }, "webhook_url"],
  ["a number as name", { ...GOOD, name: 5 }, "name"],
  ["not a URL", { ...GOOD, webhook_url: "example.com" }, "webhook_url"],
  ["ftp", { ...GOOD, webhook_url: "ftp://example.com" }, "webhook_url"],
  [
    "the metadata address",
    { ...GOOD, webhook_url: "http://169.254.169.254/latest" },
    "webhook_url",
    /OUTBOUND_ALLOW/,
  ],
  ["the metadata address in decimal", { ...GOOD, webhook_url: "http://2852039166/" }, "webhook_url"],
  ["a private address", { ...GOOD, webhook_url: "http://10.0.0.5/" }, "webhook_url", /OUTBOUND_ALLOW/],
  ["IPv6 loopback", { ...GOOD, webhook_url: "http://[::1]/" }, "webhook_url"],
  ["retry_count 11", { ...GOOD, retry_count: 11 }, "retry_count", /10/],
  ["retry_count -1", { ...GOOD, retry_count: -1 }, "retry_count"],
  ["retry_count 1.5", { ...GOOD, retry_count: 1.5 }, "retry_count"],
  ["retry_count as text", { ...GOOD, retry_count: "3" }, "retry_count"],
  ["retry_delay_seconds 0", { ...GOOD, retry_delay_seconds: 0 }, "retry_delay_seconds"],
  ["retry_delay_seconds 301", { ...GOOD, retry_delay_seconds: 301 }, "retry_delay_seconds", /300/],
  ["timeout_seconds 4", { ...GOOD, timeout_seconds: 4 }, "timeout_seconds", /5/],
  ["a mistyped field", { ...GOOD, retry_cout: 3 }, "retry_cout"],
  ["is_active as text", { ...GOOD, is_active: "yes" }, "is_active"],
  ["an unknown format", { ...GOOD, payload_format: "xml" }, "payload_format", /iiko_soi/],
  ["an unknown order type", { ...GOOD, filter_order_types: ["TAXI"] }, "filter_order_types", /DELIVERY/],
  ["a filter that is not a list", { ...GOOD, filter_statuses: { a: 1 } }, "filter_statuses"],
  ["a filter that is broken JSON", { ...GOOD, filter_statuses: "[OnWay" }, "filter_statuses"],
  ["bearer without a token", { ...GOOD, auth_type: "bearer" }, "auth_token"],
  ["basic without a user", { ...GOOD, auth_type: "basic", auth_password: "p" }, "auth_username"],
  ["basic without a password", { ...GOOD, auth_type: "basic", auth_username: "u" }, "auth_password"],
  ["custom without headers", { ...GOOD, auth_type: "custom" }, "custom_headers"],
  [
    "a header with a line break",
    { ...GOOD, auth_type: "custom", custom_headers: { "X-Key": "a\r\nHost: evil" } },
    "custom_headers",
  ],
  ["a template that is not JSON", { ...GOOD, custom_payload_template: "{" }, "custom_payload_template"],
  [
    "a template with an unknown field",
    { ...GOOD, payload_format: "custom", custom_payload_template: '{"a":"{{order.pizza}}"}' },
    "custom_payload_template",
    /pizza/,
  ],
  ["a signing secret of another kind", { ...GOOD, signing_secret: "hunter2" }, "signing_secret", /whsec_/],
  ["an unknown include_field", { ...GOOD, include_fields: ["price"] }, "include_fields"],
];

test("a webhook that is not valid is refused, naming the field", async ({ api }) => {
  for (const [what, body, field, message] of REFUSED) {
    const answer = await api.post("/outgoing-webhooks", body);
    expect(answer.status, `${what}: ${JSON.stringify(answer.body)}`).toBe(422);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    const { errors, ...problem } = answer.body as Json & { errors: { path: string; message: string }[] };
    expect(problem).toMatchObject({ title: expect.any(String), status: 422, detail: expect.any(String) });
    const named = errors.find(({ path }) => path === field || path.startsWith(`${field}.`));
    expect(named, `${what}: ${JSON.stringify(errors)}`).toBeTruthy();
    if (message) expect(`${named?.path} ${named?.message}`, what).toMatch(message);
  }
  expect((await api.get("/outgoing-webhooks")).body).toEqual([]);
});

test("several mistakes are told at once", async ({ api }) => {
  const { body } = await api.post("/outgoing-webhooks", { webhook_url: "x", retry_count: 99, nme: "y" });
  const paths = (body as { errors: { path: string }[] }).errors.map((error) => error.path);
  expect(paths).toEqual(expect.arrayContaining(["name", "webhook_url", "retry_count", "nme"]));
});

test("an update that is not valid changes nothing", async ({ api, addWebhook }) => {
  const webhook = await addWebhook({ name: "As it was" });
  const path = `/outgoing-webhooks/${webhook.id}`;
  expect((await api.patch(path, { name: "New", timeout_seconds: 1 })).status).toBe(422);
  expect((await api.patch(path, { auth_type: "bearer" })).status).toBe(422);
  expect((await api.get(path)).body).toMatchObject({ name: "As it was", auth_type: "none" });
});

test("what cannot be read as JSON", async ({ api, product }) => {
  expect(await api.post("/outgoing-webhooks", "{ name: }")).toMatchObject({ status: 400 });
  expect(await api.post("/outgoing-webhooks", "[]")).toMatchObject({ status: 422 });
  expect(
    await api.post("/outgoing-webhooks", { ...GOOD, description: "x".repeat(2 * 1024 * 1024) }),
  ).toMatchObject({
    status: 413,
  });
  const form = await fetch(`${product.url}/api/v1/outgoing-webhooks`, {
    method: "POST",
    headers: { authorization: `Bearer ${ACCESS.apiToken}`, "content-type": "text/plain" },
    body: "{}",
  });
  expect(form.status).toBe(415);
});

test("ids and queries that are not what they should be", async ({ api }) => {
  for (const id of ["abc", "1.5", "-1", "0", "99999999999999999999", "%00", "1;drop"]) {
    const { status } = await api.get(`/outgoing-webhooks/${id}`);
    expect([400, 404, 422], `${id}: ${status}`).toContain(status);
  }
  for (const query of [
    "limit=0",
    "limit=501",
    "limit=ten",
    "success=maybe",
    "since=yesterday",
    "cursor=zzz",
    "webhook_id=a",
  ]) {
    const answer = await api.get(`/outgoing-webhook-logs?${query}`);
    expect(answer.status, `${query}: ${JSON.stringify(answer.body)}`).toBe(422);
    expect(JSON.stringify(answer.body)).toContain(query.split("=")[0]);
  }
  expect((await api.get("/outgoing-webhooks/2000000000")).status).toBe(404);
  expect((await api.post("/outgoing-webhook-logs/2000000000/resend")).status).toBe(404);
  expect((await api.get("/order-events/none")).status).toBe(404);
});

test("no token, a wrong one", async ({ product }) => {
  for (const token of [undefined, "wrong", ""]) {
    const api = createApi({ url: product.url, token });
    for (const path of ["/outgoing-webhooks", "/outgoing-webhook-logs", "/order-events"]) {
      const answer = await api.get(path);
      expect(answer.status, `${path} with ${token}`).toBe(401);
      expect(answer.headers.get("content-type")).toContain("application/problem+json");
    }
    expect((await api.post("/events", makeEvent())).status).toBe(401);
    expect((await api.post("/outgoing-webhooks", GOOD)).status).toBe(401);
  }
});

test("the intake refuses what it cannot keep, and goes on", async ({ product, addWebhook, receiver }) => {
  await addWebhook();
  const sendRaw = (events: unknown) => sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events });
  for (const raw of ["{", "", "null", '"text"', "[1]", '{"name":"inngest/x","data":{}}']) {
    const answer = await sendRaw(raw);
    expect(answer, raw).toMatchObject({ status: 400, body: { status: 400, error: expect.any(String) } });
  }
  const tooMany = Array.from({ length: 5001 }, () => ({ name: "order.created" }));
  expect((await sendRaw(tooMany)).status).toBe(400);
  const large = makeEvent({ order: { customer_name: "x".repeat(2 * 1024 * 1024) } });
  expect((await sendRaw(large)).status).toBe(200);
  await receiver.waitFor(1);
  const tooLarge = makeEvent({ order: { customer_name: "x".repeat(3.5 * 1024 * 1024) } });
  expect((await sendRaw(tooLarge)).status).toBe(413);
  expect((await sendRaw(makeEvent())).status).toBe(200);
  await receiver.waitFor(2);
});

test("hostile text goes through whole", async ({ addWebhook, send, receiver }) => {
  await addWebhook({ payload_format: "custom", include_fields: ["customer_name"] });
  const names = [
    '"}',
    "\u0000",
    "\ud800",
    "'; drop table orders; --",
    "{{order.id}}",
    "𝕏 عربى 👩‍👩‍👧‍👧",
    "x".repeat(100_000),
  ];
  for (const name of names) await send(makeEvent({ order: { customer_name: name } }));
  const requests = await receiver.waitFor(names.length);
  const arrived = requests.map((request) => JSON.parse(request.body).order.customer_name);
  for (const name of names.filter((one) => one !== "\u0000" && one !== "\ud800"))
    expect(arrived).toContain(name);
});
