import { answer } from "@/lib/outbound/testing/behaviours";
import { makeEvent } from "./support/orders";
import { expect, test } from "./support/test";

test("retry_count further attempts, the same id and bytes each time", async ({
  addWebhook,
  send,
  receiver,
  attemptsOf,
  api,
}) => {
  receiver.always(answer(500, { body: "сломано" }));
  const webhook = await addWebhook({ retry_count: 3 });
  const event = makeEvent();
  await send(event);
  const attempts = await attemptsOf(webhook, 4);
  expect(attempts.map((attempt) => attempt.attempt_number)).toEqual([1, 2, 3, 4]);
  for (const attempt of attempts) {
    expect(attempt).toMatchObject({
      webhook_id: webhook.id,
      webhook_name: "Test",
      event_id: event.id,
      delivery_id: attempts[0]?.delivery_id,
      order_id: event.data.order.id,
      order_external_id: event.data.order.external_order_id,
      event_type: "order.created",
      request_url: `${receiver.url}/hook`,
      request_method: "POST",
      response_status: 500,
      success: false,
      error_message: expect.stringContaining("500"),
    });
  }
  expect(receiver.requests).toHaveLength(4);
  expect(new Set(receiver.requests.map((request) => request.body)).size).toBe(1);
  expect(new Set(receiver.requests.map((request) => request.headers["webhook-id"])).size).toBe(1);
  const times = receiver.requests.map((request) => request.receivedAt.getTime());
  for (const [index, time] of times.slice(1).entries()) {
    expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(950);
  }
  expect((await api.get(`/outgoing-webhooks/${webhook.id}`)).body).toMatchObject({
    total_sent: 4,
    total_success: 0,
    total_failed: 4,
    success_rate: 0,
    last_success_at: null,
    last_error: expect.stringContaining("500"),
  });
});

test("retry_count 0 means one request", async ({ addWebhook, send, receiver, attemptsOf }) => {
  receiver.always(answer(404));
  const webhook = await addWebhook({ retry_count: 0 });
  await send([makeEvent(), makeEvent()]);
  const attempts = await attemptsOf(webhook, 2);
  expect(attempts.map((attempt) => attempt.attempt_number)).toEqual([1, 1]);
});

test("a refused connection is retried until the receiver is back", async ({
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  receiver.script((response) => response.socket?.destroy(), answer(204));
  const webhook = await addWebhook();
  await send(makeEvent());
  const attempts = await attemptsOf(webhook, 2);
  expect(attempts.map((attempt) => attempt.response_status)).toEqual([null, 204]);
  expect(attempts.map((attempt) => attempt.success)).toEqual([false, true]);
});

test("a longer Retry-After is honoured", async ({ addWebhook, send, receiver }) => {
  receiver.script(answer(429, { headers: { "retry-after": "3" } }));
  await addWebhook();
  await send(makeEvent());
  const [first, second] = await receiver.waitFor(2);
  const pauseMs = (second?.receivedAt.getTime() ?? 0) - (first?.receivedAt.getTime() ?? 0);
  expect(pauseMs).toBeGreaterThanOrEqual(2_950);
});

test("410 Gone ends the delivery and switches the webhook off", async ({
  addWebhook,
  send,
  receiver,
  attemptsOf,
  api,
}) => {
  receiver.always(answer(410));
  const webhook = await addWebhook();
  await send(makeEvent());
  await attemptsOf(webhook, 1);
  await expect
    .poll(async () => (await api.get(`/outgoing-webhooks/${webhook.id}`)).body)
    .toMatchObject({ is_active: false, deactivated_reason: expect.stringContaining("410") });
  await send(makeEvent());
  expect(receiver.requests).toHaveLength(1);
});

test("a corrected token helps the retry", async ({ addWebhook, send, receiver, api, attemptsOf }) => {
  receiver.always((response, request) =>
    answer(request.headers.authorization === "Bearer right" ? 200 : 401)(response, request),
  );
  const webhook = await addWebhook({ auth_type: "bearer", auth_token: "wrong" });
  await send(makeEvent());
  await receiver.waitFor(1);
  expect((await api.patch(`/outgoing-webhooks/${webhook.id}`, { auth_token: "right" })).status).toBe(200);
  await expect.poll(() => receiver.requests.at(-1)?.headers.authorization).toBe("Bearer right");
  const [, second] = await attemptsOf(webhook, 2);
  expect(second).toMatchObject({ attempt_number: 2, success: true });
});

test("switching off cancels what is pending", async ({ addWebhook, send, receiver, api }) => {
  receiver.always(answer(500));
  const webhook = await addWebhook({ retry_delay_seconds: 2 });
  const event = makeEvent();
  await send(event);
  await receiver.waitFor(1);
  await api.patch(`/outgoing-webhooks/${webhook.id}`, { is_active: false });
  const delivery = async () => {
    const { decisions } = (await api.get(`/order-events/${event.id}`)).body as {
      decisions: { webhook_id: number; deliveries: object[] }[];
    };
    return decisions.find((one) => one.webhook_id === webhook.id)?.deliveries[0];
  };
  await expect.poll(delivery).toMatchObject({ state: "cancelled", reason: expect.any(String) });
});
