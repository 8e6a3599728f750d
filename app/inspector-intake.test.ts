import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import net, { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { rows } from "@/db/client";
import { processWide } from "@/db/process-wide";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { ROLES, type Role, SYSTEM_ACTOR } from "@/lib/auth/actor";
import { actorAs } from "@/lib/auth/testing/actor-as";
import { attemptInRun } from "@/lib/deliveries/attempt-run";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { matchOrderEvent } from "@/lib/deliveries/match";
import { testSend } from "@/lib/deliveries/test-send";
import { forgetEnv } from "@/lib/env";
import { type Behaviour, USUAL_BEHAVIOUR } from "@/lib/inspector/behaviour";
import { changeBehaviour, clearInspector, getInspector, moveInspector } from "@/lib/inspector/inspector";
import { getInspectedRequest, listInspectedRequests } from "@/lib/inspector/read-requests";
import { removeWebhook } from "@/lib/webhooks/remove";
import { WebhookCreate } from "@/lib/webhooks/schema";
import { makeWebhook, type WebhookFields } from "@/lib/webhooks/testing/make-webhook";
import { createEdgeServer } from "@/scripts/edge/server.mjs";
import { answerDirectly } from "./direct-answers";

const SECRET = `whsec_${Buffer.alloc(32, 5).toString("base64")}`;
const MIB = 1024 * 1024;

let database: TestDatabase;
let server: Server;
let port: number;

beforeAll(async () => {
  process.env.OUTBOUND_ALLOW = "";
  forgetEnv();
  database = await openTestDatabase();
  server = createEdgeServer({
    appUrl: undefined,
    handle: (request: IncomingMessage, response: ServerResponse) =>
      answerDirectly(request, response) ?? response.writeHead(404).end("not ours"),
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  port = (server.address() as AddressInfo).port;
  processWide("listening", () => ({ address: "127.0.0.1", port }));
});
afterEach(() => {
  delete process.env.APP_URL;
  delete process.env.REQUIRE_HTTPS;
  forgetEnv();
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await database.close();
});

const inspector = () => getInspector({ actor: SYSTEM_ACTOR });
const address = async () => (await inspector()).url ?? "";
const behave = (behaviour: Partial<Behaviour>) =>
  changeBehaviour({ actor: SYSTEM_ACTOR, input: { ...USUAL_BEHAVIOUR, ...behaviour } });

async function newest(role: Role = "admin") {
  const [line] = await listInspectedRequests({ actor: actorAs(role) });
  const request = line && (await getInspectedRequest({ actor: actorAs(role), number: line.number }));
  if (!request) throw new Error("Nothing has come to the inspector.");
  return request;
}

type Sent = { body?: string; id?: string; headers?: Record<string, string>; url?: string };

async function post({ body = "{}", id, headers = {}, url }: Sent = {}) {
  const answer = await fetch(url ?? (await address()), {
    method: "POST",
    headers: { "content-type": "application/json", ...(id ? { "webhook-id": id } : {}), ...headers },
    body,
  });
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
}

async function addWebhook(fields: WebhookFields = {}): Promise<number> {
  return makeWebhook({ name: "Probe", webhook_url: await address(), ...fields });
}

test("a webhook reaches the inspector although OUTBOUND_ALLOW opens nothing, and nothing else of this machine", async () => {
  expect(await inspector()).toMatchObject({
    isDirect: true,
    url: expect.stringContaining(`localhost:${port}`),
  });
  const webhookId = await addWebhook({ signing_secret: SECRET });
  expect(await testSend({ actor: SYSTEM_ACTOR, webhookId })).toMatchObject({
    success: true,
    statusCode: 200,
  });
  expect(await newest()).toMatchObject({ webhook_id: webhookId, signature: "valid", event: "test" });
  for (const path of ["/api/health", "/api/inspector/", "/e/key"]) {
    const parsed = WebhookCreate.safeParse({ name: "x", webhook_url: `http://localhost:${port}${path}` });
    expect(parsed.success, path).toBe(false);
  }
  await rows(
    sql`update outgoing_webhooks set webhook_url = ${`http://127.0.0.1:${port}/api/health`} where id = ${webhookId}`,
  );
  const other = await addWebhook();
  await rows(
    sql`update outgoing_webhooks set webhook_url = ${`http://127.0.0.1:${port}/api/health`} where id = ${other}`,
  );
  expect(await testSend({ actor: SYSTEM_ACTOR, webhookId: other })).toMatchObject({
    success: false,
    errorCode: "blocked_address",
  });
  for (const id of [webhookId, other]) await removeWebhook({ actor: SYSTEM_ACTOR, webhookId: id });
});

test("behind a proxy the address is APP_URL's, and no name is resolved", async () => {
  process.env.APP_URL = "https://hooks.invalid";
  process.env.REQUIRE_HTTPS = "true";
  forgetEnv();
  expect(await address()).toMatch(/^https:\/\/hooks\.invalid\/api\/inspector\/[\w-]{32}$/);
  const webhookId = await addWebhook();
  expect(await testSend({ actor: SYSTEM_ACTOR, webhookId })).toMatchObject({ success: true });
  expect((await newest()).headers).toContainEqual(["Host", "hooks.invalid"]);
  await removeWebhook({ actor: SYSTEM_ACTOR, webhookId });
});

test("headers are kept in their own spelling, and secrets shown to managers alone", async () => {
  const webhookId = await addWebhook({ auth_type: "bearer", auth_token: "s3cret-token" });
  await testSend({ actor: SYSTEM_ACTOR, webhookId });
  const managers = await newest("manager");
  expect(managers.isSpeltAsSent).toBe(true);
  expect(managers.headers).toContainEqual(["Authorization", "Bearer s3cret-token"]);
  expect(managers.headers).toContainEqual(["Content-Type", "application/json"]);
  const operators = await newest("operator");
  expect(operators.headers).toContainEqual(["Authorization", "***"]);
  expect(operators.headers).toContainEqual(["Content-Type", "application/json"]);
  const stored = await rows(sql`select * from inspector_requests`);
  expect(JSON.stringify(stored)).not.toContain("s3cret-token");
  await removeWebhook({ actor: SYSTEM_ACTOR, webhookId });
});

test("roles: viewers see nothing, operators change nothing", async () => {
  for (const role of ROLES) {
    const reads = [getInspector, listInspectedRequests].map((read) => read({ actor: actorAs(role) }));
    const isReader = role !== "viewer";
    for (const read of await Promise.allSettled(reads))
      expect(read.status).toBe(isReader ? "fulfilled" : "rejected");
    if (role === "manager" || role === "admin") continue;
    const changes = [
      changeBehaviour({ actor: actorAs(role), input: USUAL_BEHAVIOUR }),
      moveInspector({ actor: actorAs(role) }),
      clearInspector({ actor: actorAs(role) }),
    ];
    for (const change of await Promise.allSettled(changes)) expect(change.status).toBe("rejected");
  }
});

test("a delivery fails its first two attempts and succeeds at the third; each is found in the log", async () => {
  await behave({ answer: "500", when: "first", count: 2 });
  const webhookId = await addWebhook({ retry_count: 3, retry_delay_seconds: 1 });
  const eventId = randomUUID();
  await storeOrderEvent({ id: eventId, name: "order.created", data: { order: { id: 1, status: "OnWay" } } });
  const [started] = await matchOrderEvent(eventId);
  const deliveryId = started?.id ?? "";
  const attempt = async () => {
    await rows(sql`update deliveries set next_attempt_at = null where id = ${deliveryId}::uuid`);
    return attemptInRun({ deliveryId, webhookId });
  };
  for (const _ of [1, 2, 3]) await attempt();
  const [delivery] = await rows<{ state: string; attempts: number }>(
    sql`select state, attempts from deliveries where id = ${deliveryId}::uuid`,
  );
  expect(delivery).toEqual({ state: "succeeded", attempts: 3 });
  const came = (await listInspectedRequests({ actor: SYSTEM_ACTOR })).slice(0, 3).reverse();
  expect(
    came.map(({ attempt, answer_status, seen_before }) => [attempt, answer_status, seen_before]),
  ).toEqual([
    [1, 500, 0],
    [2, 500, 1],
    [3, 200, 2],
  ]);
  expect(await newest()).toMatchObject({
    message_id: deliveryId,
    webhook_id: webhookId,
    webhook_name: "Probe",
    signature: "unsigned",
    logId: expect.any(Number),
  });
  await behave({});
  await removeWebhook({ actor: SYSTEM_ACTOR, webhookId });
});

test("answers, Retry-After and bodies as they are set, and never as HTML", async () => {
  await behave({ answer: "429", retryAfterSeconds: 7, body: "<script>alert(1)</script>" });
  const busy = await post({ headers: { "x-evil": "<img>" }, body: "<b>in</b>" });
  expect(busy).toMatchObject({ status: 429, body: "<script>alert(1)</script>" });
  expect(busy.headers.get("retry-after")).toBe("7");
  expect(busy.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(busy.headers.get("x-content-type-options")).toBe("nosniff");
  await behave({ answer: "410" });
  expect(await post({ body: "<b>in</b>" })).toMatchObject({
    status: 410,
    body: expect.not.stringContaining("<b>"),
  });
  expect(await newest()).toMatchObject({ body: "<b>in</b>", prettyBody: null, answer_status: 410 });
  await behave({ answer: "503", when: "every", count: 2 });
  const statuses = [(await post()).status, (await post()).status];
  expect(statuses.sort()).toEqual([200, 503]);
  await behave({});
});

test("drops the connection without a byte", async () => {
  await behave({ answer: "drop" });
  const { pathname } = new URL(await address());
  const socket = net.connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(`POST ${pathname} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}`);
  expect(await text(socket).catch(() => "")).toBe("");
  expect(await newest()).toMatchObject({ answer_status: null });
  await behave({});
});

test("answers late, and a sender that gave up frees its place", async () => {
  await behave({ delaySeconds: 1 });
  const startedAt = performance.now();
  expect((await post()).status).toBe(200);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1000);
  await behave({ delaySeconds: 330 });
  const gaveUp = Array.from({ length: 105 }, async () => {
    const giveUp = new AbortController();
    const sent = fetch(await address(), { method: "POST", body: "{}", signal: giveUp.signal });
    setImmediate(() => giveUp.abort());
    await sent.catch(() => {});
  });
  await Promise.all(gaveUp);
  await behave({});
  await expect.poll(async () => (await post()).status).toBe(200);
});

test("keeps 64 KiB of a body, takes 3 MiB, refuses more", async () => {
  const big = JSON.stringify({ text: "ж".repeat(100_000) });
  const signed = new Webhook(SECRET).sign("m-1", new Date(1_790_000_000_000), big);
  const webhookId = await addWebhook({ signing_secret: SECRET });
  const id = randomUUID();
  const signature = new Webhook(SECRET).sign(id, new Date(1_790_000_000_000), big);
  expect(signature).not.toBe(signed);
  const headers = { "webhook-timestamp": "1790000000", "webhook-signature": `v1,AAAA ${signature}` };
  expect((await post({ body: big, id, headers })).status).toBe(200);
  const kept = await newest();
  expect(kept).toMatchObject({ signature: "valid", isBodyCut: true, body_bytes: Buffer.byteLength(big) });
  expect(Buffer.byteLength(kept.body)).toBeLessThanOrEqual(64 * 1024 + 3);
  await post({ body: `${big} `, id, headers });
  expect(await newest()).toMatchObject({ signature: "wrong", seen_before: 1 });
  await removeWebhook({ actor: SYSTEM_ACTOR, webhookId });
  expect((await post({ body: "x".repeat(3 * MIB) })).status).toBe(200);
  expect((await post({ body: "x".repeat(3 * MIB + 1) })).status).toBe(413);
});

test("whatever comes is kept: no JSON, NUL, a bad attempt, header names twice", async () => {
  await post({
    body: "a\0b",
    id: "not a uuid",
    headers: { "webhook-attempt": "-1", "webhook-event": "x\u00e9" },
  });
  expect(await newest()).toMatchObject({
    body: "a\uFFFDb",
    message_id: "not a uuid",
    attempt: null,
    webhook_id: null,
  });
  const { pathname } = new URL(await address());
  const socket = net.connect(port, "127.0.0.1");
  socket.write(
    `GET ${pathname}?a=1 HTTP/1.1\r\nHost: localhost\r\nX-One: 1\r\nx-ONE: 2\r\nConnection: close\r\n\r\n`,
  );
  expect(await text(socket)).toContain("200 OK");
  const got = await newest();
  expect(got).toMatchObject({ method: "GET", target: `${pathname}?a=1`, body: "" });
  expect(got.headers).toEqual(
    expect.arrayContaining([
      ["X-One", "1"],
      ["x-ONE", "2"],
    ]),
  );
});

test("the last 200 are kept", async () => {
  await rows(sql`
    insert into inspector_requests (number, method, target, headers_enc, is_spelt_as_sent, body, body_bytes, seen_before, answer_status, delay_seconds)
    select n, 'POST', '/', '', true, '', 0, 0, 200, 0 from generate_series(100001, 100300) n`);
  await rows(sql`update inspectors set received = 100300`);
  await post();
  const [left] = await rows<{ count: number; oldest: number }>(
    sql`select count(*)::int as count, min(number)::int as oldest from inspector_requests`,
  );
  expect(left).toEqual({ count: 200, oldest: 100_102 });
  expect(await listInspectedRequests({ actor: SYSTEM_ACTOR })).toHaveLength(50);
  await clearInspector({ actor: SYSTEM_ACTOR });
  expect(await listInspectedRequests({ actor: SYSTEM_ACTOR })).toEqual([]);
});

test("strangers are told nothing and cannot use up the place of those who know the address", async () => {
  await post();
  const wrong = (await address()).replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  expect((await post({ url: wrong })).status).toBe(404);
  // A window may end in the middle.
  const refused = async () => {
    const answers = await Promise.all(Array.from({ length: 61 }, () => post({ url: wrong })));
    return answers.some(({ status }) => status === 429);
  };
  expect((await refused()) || (await refused())).toBe(true);
  expect((await post()).status).toBe(200);
  const old = await address();
  await moveInspector({ actor: SYSTEM_ACTOR });
  expect(await address()).not.toBe(old);
  expect((await post({ url: old })).status).toBe(404);
});

test("more than 300 requests in ten seconds are put off", async () => {
  await expect.poll(async () => (await post()).status, { timeout: 15_000, interval: 500 }).toBe(200);
  const url = await address();
  let refused = await post({ url });
  // A window may end in the middle.
  for (let batch = 0; batch < 16 && refused.status === 200; batch += 1) {
    const answers = await Promise.all(Array.from({ length: 40 }, () => post({ url })));
    refused = answers.find(({ status }) => status !== 200) ?? refused;
  }
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
}, 30_000);
