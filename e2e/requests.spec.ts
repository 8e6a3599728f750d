import { Webhook as StandardWebhook } from "standardwebhooks";
import { answer, drip, flood, redirect } from "@/lib/outbound/testing/behaviours";
import { makeEvent } from "./support/orders";
import { expect, type Json, test } from "./support/test";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

test("every request has the promised headers and no signature without a secret", async ({
  addWebhook,
  send,
  receiver,
}) => {
  await addWebhook();
  await send(makeEvent());
  const [request] = await receiver.waitFor(1);
  expect(request).toMatchObject({ method: "POST", path: "/hook" });
  expect(request?.headers["content-type"]).toMatch(/^application\/json/);
  expect(request?.headers["user-agent"]).toBeTruthy();
  expect(request?.headers["webhook-id"]).toMatch(UUID);
  expect(Math.abs(Number(request?.headers["webhook-timestamp"]) - Date.now() / 1000)).toBeLessThan(30);
  expect(request?.headers["webhook-signature"]).toBeUndefined();
  expect(request?.headers.authorization).toBeUndefined();
});

const AUTHORISATIONS: [string, Json, Record<string, string>][] = [
  [
    "bearer",
    { auth_type: "bearer", auth_token: "s3cret-tøken".replace("ø", "o") },
    { authorization: "Bearer s3cret-token" },
  ],
  [
    "basic",
    { auth_type: "basic", auth_username: "iiko", auth_password: "пароль:1" },
    { authorization: `Basic ${Buffer.from("iiko:пароль:1").toString("base64")}` },
  ],
  [
    "custom",
    { auth_type: "custom", custom_headers: { "X-API-Key": "key-515", "X-Custom-Header": "value" } },
    { "x-api-key": "key-515", "x-custom-header": "value" },
  ],
  [
    "custom, as text",
    { auth_type: "custom", custom_headers: '{"X-API-Key":"key-516"}' },
    { "x-api-key": "key-516" },
  ],
];

for (const [name, fields, headers] of AUTHORISATIONS) {
  test(`authorisation: ${name}; secrets never come back`, async ({
    addWebhook,
    send,
    receiver,
    api,
    attemptsOf,
  }) => {
    const webhook = await addWebhook(fields);
    await send(makeEvent());
    const [request] = await receiver.waitFor(1);
    expect(request?.headers).toMatchObject(headers);
    const [attempt] = await attemptsOf(webhook, 1);
    const answers = [
      webhook,
      (await api.get(`/outgoing-webhooks/${webhook.id}`)).body,
      (await api.get("/outgoing-webhooks")).body,
      (await api.get(`/outgoing-webhook-logs/${attempt?.id}`)).body,
    ];
    for (const secret of ["s3cret-token", "пароль:1", "key-515", "key-516", ...Object.values(headers)]) {
      if (secret !== "value") expect(JSON.stringify(answers)).not.toContain(secret);
    }
    const single = answers[3] as { request_headers: Record<string, string> };
    for (const header of Object.keys(headers)) expect(headerOf(single.request_headers, header)).toBe("***");
  });
}

test("signs as Standard Webhooks; after a rotation the old secret signs along", async ({
  addWebhook,
  send,
  receiver,
  api,
}) => {
  const webhook = await addWebhook({ signing_secret: SECRET });
  await send(makeEvent());
  await receiver.waitFor(1);
  const rotated = await api.post(`/outgoing-webhooks/${webhook.id}/rotate-secret`);
  const newSecret = (rotated.body as { signing_secret: string }).signing_secret;
  expect(newSecret).toMatch(/^whsec_/);
  expect(newSecret).not.toBe(SECRET);
  await send(makeEvent());
  const [first, second] = await receiver.waitFor(2);
  const verify = (secret: string, request = first) =>
    new StandardWebhook(secret).verify(request?.body ?? "", request?.headers as Record<string, string>);
  expect(() => verify(SECRET)).not.toThrow();
  expect(() => verify(newSecret)).toThrow();
  expect(() => verify(SECRET, second)).not.toThrow();
  expect(() => verify(newSecret, second)).not.toThrow();
});

test("a redirect is a failure that says where it pointed", async ({
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  receiver.always(redirect(`${receiver.url}/elsewhere`));
  const webhook = await addWebhook({ retry_count: 0 });
  await send(makeEvent());
  const [attempt] = await attemptsOf(webhook, 1);
  expect(attempt).toMatchObject({ success: false, response_status: 302 });
  expect(attempt?.error_message).toContain(`${receiver.url}/elsewhere`);
  expect(receiver.requests.map((request) => request.path)).toEqual(["/hook"]);
});

test("the timeout bounds the body too", async ({ addWebhook, send, receiver, attemptsOf }) => {
  receiver.always(drip({ everyMs: 200 }));
  const webhook = await addWebhook({ retry_count: 0, timeout_seconds: 5 });
  await send(makeEvent());
  const [attempt] = await attemptsOf(webhook, 1);
  expect(attempt?.success).toBe(false);
  expect(attempt?.error_message).toMatch(/5000 ms|5 s/);
  expect(attempt?.duration_ms).toBeGreaterThanOrEqual(4_900);
  expect(attempt?.duration_ms).toBeLessThan(25_000);
});

test("at most 16 KiB of a response are kept", async ({ addWebhook, send, receiver, api, attemptsOf }) => {
  receiver.always(flood(5_000_000));
  const webhook = await addWebhook();
  await send(makeEvent());
  const [attempt] = await attemptsOf(webhook, 1);
  const single = (await api.get(`/outgoing-webhook-logs/${attempt?.id}`)).body as { response_body: string };
  expect(attempt).toMatchObject({ success: true, response_status: 200 });
  expect(single.response_body.length).toBeGreaterThan(1_000);
  expect(Buffer.byteLength(single.response_body)).toBeLessThanOrEqual(16 * 1024 + 100);
});

test("a webhook that hangs does not delay another", async ({ addWebhook, send, receiver }) => {
  receiver.always((response, request) => {
    if (request.path === "/hook") answer(200)(response, request);
  });
  await addWebhook({ name: "Hangs", webhook_url: `${receiver.url}/hangs`, timeout_seconds: 60 });
  await addWebhook({ name: "Works" });
  const startedAt = Date.now();
  await send(Array.from({ length: 50 }, () => makeEvent()));
  await expect
    .poll(() => receiver.requests.filter((request) => request.path === "/hook").length, { timeout: 60_000 })
    .toBe(50);
  // Long before the one that hangs gives up.
  expect(Date.now() - startedAt).toBeLessThan(50_000);
});

function headerOf(headers: Record<string, string>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}
