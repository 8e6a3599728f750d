import { answer } from "@/lib/outbound/testing/behaviours";
import { makeEvent } from "./support/orders";
import { created, expect, type Json, test } from "./support/test";

test("a new webhook has the guide's defaults; PATCH and PUT change what is given", async ({ api }) => {
  const webhook = created(
    await api.post("/outgoing-webhooks", { name: "My Webhook", webhook_url: "https://example.com/webhook" }),
  );
  expect(webhook).toMatchObject({
    name: "My Webhook",
    description: null,
    webhook_url: "https://example.com/webhook",
    is_active: true,
    auth_type: "none",
    auth_token: null,
    auth_username: null,
    auth_password: null,
    custom_headers: null,
    send_on_order_created: true,
    send_on_order_updated: true,
    send_on_order_status_changed: true,
    send_on_order_cancelled: false,
    filter_organization_ids: null,
    filter_order_types: null,
    filter_statuses: null,
    payload_format: "iiko_soi",
    include_fields: null,
    custom_payload_template: null,
    retry_count: 3,
    retry_delay_seconds: 5,
    timeout_seconds: 30,
    signing_secret: null,
    total_sent: 0,
    total_success: 0,
    total_failed: 0,
    success_rate: null,
    last_sent_at: null,
    last_success_at: null,
    last_error: null,
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  });
  const path = `/outgoing-webhooks/${webhook.id}`;
  expect((await api.patch(path, { retry_count: 0 })).body).toMatchObject({
    retry_count: 0,
    name: "My Webhook",
  });
  expect((await api.put(path, { description: "Заказы" })).body).toMatchObject({
    description: "Заказы",
    retry_count: 0,
  });
  expect((await api.get(path)).body).toMatchObject({ description: "Заказы", retry_count: 0 });
});

test("an update that leaves secrets out, or sends *** back, keeps them", async ({
  addWebhook,
  send,
  receiver,
  api,
}) => {
  const webhook = await addWebhook({ auth_type: "bearer", auth_token: "kept" });
  const path = `/outgoing-webhooks/${webhook.id}`;
  await api.patch(path, { name: "Renamed" });
  expect((await api.put(path, (await api.get(path)).body)).status).toBe(200);
  await send(makeEvent());
  const [request] = await receiver.waitFor(1);
  expect(request?.headers.authorization).toBe("Bearer kept");
});

test("lists webhooks newest first, and by is_active", async ({ addWebhook, api }) => {
  const on = await addWebhook({ name: "On" });
  const off = await addWebhook({ name: "Off", is_active: false });
  const idsAt = async (query: string) =>
    ((await api.get(`/outgoing-webhooks${query}`)).body as { id: number }[]).map((webhook) => webhook.id);
  expect(await idsAt("")).toEqual([off.id, on.id]);
  expect(await idsAt("?is_active=true")).toEqual([on.id]);
  expect(await idsAt("?is_active=false")).toEqual([off.id]);
});

test("a test-send sends the guide's payload once, is logged and counts in no statistics", async ({
  addWebhook,
  receiver,
  api,
  attemptsOf,
}) => {
  receiver.script(answer(200, { body: "принято" }), answer(403, { body: "no" }));
  const webhook = await addWebhook({ name: "Проба", auth_type: "bearer", auth_token: "t" });
  const path = `/outgoing-webhooks/${webhook.id}/test`;
  expect((await api.post(path)).body).toMatchObject({
    success: true,
    status_code: 200,
    duration_ms: expect.any(Number),
    error: null,
    response: "принято",
  });
  expect((await api.post(path)).body).toMatchObject({
    success: false,
    status_code: 403,
    error: expect.stringContaining("403"),
  });
  expect(receiver.requests).toHaveLength(2);
  expect(receiver.requests[0]?.headers.authorization).toBe("Bearer t");
  expect(JSON.parse(receiver.requests[0]?.body ?? "")).toEqual({
    event: "test",
    message: "This is a test webhook from iiko-base",
    webhook_name: "Проба",
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
  });
  const attempts = await attemptsOf(webhook, 2);
  expect(attempts.map((attempt) => attempt.event_type)).toEqual(["test", "test"]);
  expect((await api.get(`/outgoing-webhooks/${webhook.id}`)).body).toMatchObject({ total_sent: 0 });
});

test("statistics count every request", async ({ addWebhook, send, receiver, api, attemptsOf }) => {
  receiver.script(answer(500));
  const webhook = await addWebhook();
  await send(makeEvent());
  await attemptsOf(webhook, 2);
  await send(makeEvent());
  await attemptsOf(webhook, 3);
  expect((await api.get(`/outgoing-webhooks/${webhook.id}`)).body).toMatchObject({
    total_sent: 3,
    total_success: 2,
    total_failed: 1,
    success_rate: 66.6,
    last_sent_at: expect.any(String),
    last_success_at: expect.any(String),
  });
});

test("the log is filtered, paged without gaps or repeats, and one attempt tells all", async ({
  addWebhook,
  send,
  receiver,
  api,
  attemptsOf,
}) => {
  receiver.script(answer(500, { body: "oops", headers: { "x-receiver": "r-1" } }));
  const webhook = await addWebhook({ payload_format: "custom", retry_count: 0 });
  const events = Array.from({ length: 7 }, () => makeEvent());
  for (const event of events) await send(event);
  const attempts = await attemptsOf(webhook, 7);
  const logs = async (query: string) =>
    (await api.get(`/outgoing-webhook-logs?webhook_id=${webhook.id}&${query}`)).body as Json[];
  expect(await logs("success=false")).toHaveLength(1);
  expect(await logs("success=true")).toHaveLength(6);
  expect(await logs(`order_external_id=${events[3]?.data.order.external_order_id}`)).toHaveLength(1);
  expect(await logs(`order_id=${events[4]?.data.order.id}`)).toHaveLength(1);
  expect(await logs("event_type=order.cancelled")).toHaveLength(0);
  expect(await logs(`until=${encodeURIComponent(new Date(0).toISOString())}`)).toHaveLength(0);

  const seen: unknown[] = [];
  let next: string | null = `/outgoing-webhook-logs?webhook_id=${webhook.id}&limit=3`;
  while (next) {
    const page = await api.get(next);
    seen.push(...(page.body as Json[]).map((attempt) => attempt.id));
    const link = page.headers.get("link");
    next = link ? (/<[^>]*\/api\/v1([^>]*)>; rel="next"/.exec(link)?.[1] ?? null) : null;
  }
  expect(seen).toEqual(attempts.map((attempt) => attempt.id).reverse());

  const failed = attempts.find((attempt) => attempt.success === false);
  expect((await api.get(`/outgoing-webhook-logs/${failed?.id}`)).body).toMatchObject({
    ...failed,
    request_headers: expect.objectContaining({ "Content-Type": expect.any(String) }),
    request_body: receiver.requests[0]?.body,
    response_headers: expect.objectContaining({ "x-receiver": "r-1" }),
    response_body: "oops",
  });
});

test("an attempt is resent as a new delivery", async ({ addWebhook, send, receiver, api, attemptsOf }) => {
  const webhook = await addWebhook({ payload_format: "custom" });
  await send(makeEvent());
  const [attempt] = await attemptsOf(webhook, 1);
  const resent = await api.post(`/outgoing-webhook-logs/${attempt?.id}/resend`);
  expect(resent).toMatchObject({ status: 202, body: { delivery_id: expect.any(String) } });
  const [first, second] = await receiver.waitFor(2);
  expect(second?.headers["webhook-id"]).toBe((resent.body as Json).delivery_id);
  expect(second?.headers["webhook-id"]).not.toBe(first?.headers["webhook-id"]);
  expect(second?.body).toBe(first?.body);
});

test("every failed delivery of a time is resent", async ({ addWebhook, send, receiver, api, attemptsOf }) => {
  receiver.always(answer(500));
  const webhook = await addWebhook({ retry_count: 0 });
  const since = new Date().toISOString();
  await send([makeEvent(), makeEvent(), makeEvent()]);
  await attemptsOf(webhook, 3);
  receiver.always(answer(200));
  await send(makeEvent());
  await attemptsOf(webhook, 4);
  const path = `/outgoing-webhooks/${webhook.id}/resend-failed`;
  const until = new Date(Date.now() + 60_000).toISOString();
  expect(await api.post(path, { since, until })).toMatchObject({ status: 202, body: { count: 3 } });
  const attempts = await attemptsOf(webhook, 7);
  expect(attempts.slice(4).map((attempt) => attempt.success)).toEqual([true, true, true]);
});

test("deleting a webhook takes its logs along", async ({ addWebhook, send, api, attemptsOf }) => {
  const webhook = await addWebhook();
  await send(makeEvent());
  const [attempt] = await attemptsOf(webhook, 1);
  expect(await api.delete(`/outgoing-webhooks/${webhook.id}`)).toMatchObject({
    status: 200,
    body: { success: true },
  });
  expect((await api.get(`/outgoing-webhooks/${webhook.id}`)).status).toBe(404);
  expect((await api.get(`/outgoing-webhooks/${webhook.id}/logs`)).status).toBe(404);
  await expect.poll(async () => (await api.get(`/outgoing-webhook-logs/${attempt?.id}`)).status).toBe(404);
});

test("the API describes itself", async ({ api, product }) => {
  const document = (await api.get("/openapi.json")).body as { openapi: string; paths: Json };
  expect(document.openapi).toMatch(/^3\.1/);
  expect(Object.keys(document.paths).join(" ")).toContain("outgoing-webhooks");
  const page = await fetch(`${product.url}/api/docs`);
  expect(page.status).toBe(200);
  expect(page.headers.get("content-type")).toContain("text/html");
});
