import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { getAttempt } from "@/lib/log/get-attempt";
import { listAudit } from "@/lib/log/list-audit";
import { answer, hang } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { getWebhook } from "@/lib/webhooks/get";
import { makeWebhook, type WebhookFields } from "@/lib/webhooks/testing/make-webhook";
import { storeOrderEvent } from "./intake";
import { requestSlots } from "./request-slots";
import { testSend } from "./test-send";

let database: TestDatabase;
let receiver: Receiver;

beforeAll(async () => {
  process.env.OUTBOUND_ALLOW = "127.0.0.1";
  database = await openTestDatabase();
});
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());
afterAll(() => database.close());

function addWebhook(fields: WebhookFields = {}): Promise<number> {
  return makeWebhook({ webhook_url: receiver.url, ...fields });
}

test("sends the guide's payload, or a sample order through the webhook's own format and template", async () => {
  const webhookId = await addWebhook({
    payload_format: "custom",
    custom_payload_template: '{"text":"Заказ {{order.readable_number}}"}',
  });
  await testSend({ actor: SYSTEM_ACTOR, webhookId });
  const sample = await testSend({ actor: SYSTEM_ACTOR, webhookId, payload: "sample_order" });
  expect(sample.success).toBe(true);
  const [guide, order] = receiver.requests.map(({ body }) => JSON.parse(body));
  expect(guide).toMatchObject({ event: "test", webhook_name: "CRM" });
  expect(order).toEqual({ text: "Заказ 515" });
  expect(receiver.requests.map(({ headers }) => headers["webhook-event"])).toEqual(["test", "test"]);
});

test("sends the order of an event that came in as a test, past the filters, which counts nowhere but is audited", async () => {
  const webhookId = await addWebhook({
    payload_format: "custom",
    custom_payload_template: '{"text":"{{order.readable_number}}"}',
    filter_statuses: ["Closed"],
    is_active: false,
  });
  await storeOrderEvent({
    id: "real-1",
    name: "order.created",
    data: { order: { id: 1, readable_number: "777", status: "OnWay" } },
  });
  const result = await testSend({ actor: SYSTEM_ACTOR, webhookId, payload: { eventId: "real-1" } });
  expect(result.success).toBe(true);
  expect(receiver.requests.map(({ body }) => JSON.parse(body))).toEqual([{ text: "777" }]);
  expect(receiver.requests[0]?.headers["webhook-event"]).toBe("test");
  expect(await getAttempt({ actor: SYSTEM_ACTOR, logId: result.logId ?? 0 })).toMatchObject({
    event_type: "test",
    event_id: null,
  });
  expect(await getWebhook({ actor: SYSTEM_ACTOR, webhookId })).toMatchObject({ total_sent: 0 });
  const { rows: audit } = await listAudit({ actor: SYSTEM_ACTOR });
  expect(audit.find(({ action }) => action === "webhook.test_with_order")).toMatchObject({
    subject_id: String(webhookId),
    changes: { event_id: { to: "real-1" } },
  });
  await storeOrderEvent({ id: "real-2", name: "order.created", data: {} });
  for (const eventId of ["real-2", "nothing"]) {
    await expect(testSend({ actor: SYSTEM_ACTOR, webhookId, payload: { eventId } })).rejects.toMatchObject({
      code: "conflict",
    });
  }
});

test("tests of one webhook are limited, and those of another one are not", async () => {
  const webhookId = await addWebhook({ timeout_seconds: 5 });
  const other = await addWebhook({ webhook_url: `${receiver.url}/other` });
  receiver.always((response, request) =>
    (request.path === "/other" ? answer(200) : hang())(response, request),
  );
  const first = [1, 2].map(() => testSend({ actor: SYSTEM_ACTOR, webhookId }));
  await receiver.waitFor(2);
  await expect(testSend({ actor: SYSTEM_ACTOR, webhookId })).rejects.toMatchObject({ code: "rate_limited" });
  expect((await testSend({ actor: SYSTEM_ACTOR, webhookId: other })).success).toBe(true);
  expect((await Promise.all(first)).map(({ errorCode }) => errorCode)).toEqual(["timeout", "timeout"]);
});

test("a test takes a request slot, and waits for one while all are taken", async () => {
  const webhookId = await addWebhook();
  const slots = requestSlots();
  while (slots.tryTake(webhookId));
  const waiting = testSend({ actor: SYSTEM_ACTOR, webhookId });
  slots.free(webhookId);
  expect((await waiting).success).toBe(true);
});
