import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { answer, hang } from "@/lib/outbound/testing/behaviours";
import { type Receiver, type RecordedRequest, startReceiver } from "@/lib/outbound/testing/receiver";
import { type Api, createApi, sendEvents } from "./support/api";
import { makeDatabase, makePostgres } from "./support/database";
import { ENGINES, type EngineProduct, startOnEngine } from "./support/engine";
import { makeEvent, type TestEvent } from "./support/orders";
import { ACCESS, startProduct } from "./support/product";
import { created, type Json, type Webhook } from "./support/test";

// The last file and a long one, mostly waiting: it is spread over the workers. But an Inngest server knows one
// address of the functions.
test.describe.configure({ mode: process.env.INNGEST_TEST_URL ? "default" : "parallel" });

// One suite, two engines: what is promised of deliveries holds whichever of them runs the functions.
const IN_TIME = { timeout: 60_000 };
// How long it takes to be sure that nothing more comes; an Inngest server wakes a run within a second or two.
const QUIET_MS = 5_000;

for (const engine of ENGINES) {
  test.describe(`${engine} engine`, () => {
    let product: EngineProduct;
    let receiver: Receiver;
    let api: Api;

    test.beforeAll(async () => {
      product = await startOnEngine({ engine });
      api = createApi({ url: product.url, token: ACCESS.apiToken });
    });
    test.afterAll(() => product?.remove());
    test.beforeEach(async () => {
      receiver = await startReceiver();
    });
    test.afterEach(async () => {
      for (const { id } of (await api.get("/outgoing-webhooks")).body as Webhook[]) {
        await api.delete(`/outgoing-webhooks/${id}`);
      }
      await receiver.close();
    });

    test("a failure is retried after the webhook's delay, under the same webhook-id", async () => {
      receiver.script(answer(500), answer(503));
      const webhook = await addWebhook({ retry_delay_seconds: 2 });
      const event = makeEvent();
      await send(event);
      const requests = await receiver.waitFor(3);
      expect(pauses(requests).every((pauseMs) => pauseMs >= 1_950)).toBe(true);
      expect(deliveryIds(requests)).toHaveLength(1);
      await expectDelivery({ event, webhook, state: "succeeded", attempts: 3 });
    });

    test("exhausted retries end the delivery as failed, and say why", async () => {
      receiver.always(answer(500));
      const webhook = await addWebhook({ retry_count: 2 });
      const event = makeEvent();
      await send(event);
      await expectDelivery({ event, webhook, state: "failed", attempts: 3 });
      expect((await deliveryOf({ event, webhook }))?.reason).toMatch(/All 3 attempts failed.*500/);
      await sleep(QUIET_MS);
      expect(receiver.requests).toHaveLength(3);
    });

    test("a receiver that hangs ends at the webhook's timeout", async () => {
      receiver.always(hang());
      const webhook = await addWebhook({ timeout_seconds: 5, retry_count: 0 });
      const event = makeEvent();
      await send(event);
      await expectDelivery({ event, webhook, state: "failed", attempts: 1 });
      const [attempt] = await attemptsOf(webhook);
      expect(attempt).toMatchObject({ success: false, response_status: null });
      expect(attempt?.duration_ms).toBeGreaterThanOrEqual(4_950);
      expect(attempt?.duration_ms).toBeLessThan(8_000);
    });

    test("an event fans out to every webhook that it matches, once each", async () => {
      const matching = [];
      for (let index = 0; index < 5; index++) {
        matching.push(await addWebhook({ webhook_url: `${receiver.url}/matching-${index}` }));
      }
      await addWebhook({ webhook_url: `${receiver.url}/other`, send_on_order_created: false });
      const events = [makeEvent(), makeEvent(), makeEvent()];
      await send(events);
      await receiver.waitFor(15);
      for (const webhook of matching) {
        for (const event of events) await expectDelivery({ event, webhook, state: "succeeded", attempts: 1 });
      }
      expect(receiver.requests).toHaveLength(15);
      expect(deliveryIds(receiver.requests)).toHaveLength(15);
      expect(receiver.requests.some(({ path }) => path === "/other")).toBe(false);
    });

    test("an event id is delivered once, in one array and over time", async () => {
      const webhook = await addWebhook();
      const event = makeEvent();
      await send([event, event]);
      await send(event);
      await expectDelivery({ event, webhook, state: "succeeded", attempts: 1 });
      await send(event);
      await sleep(QUIET_MS);
      expect(receiver.requests).toHaveLength(1);
    });

    test("deactivating a webhook cancels what is pending, at once and for good", async () => {
      receiver.always(answer(500));
      const webhook = await addWebhook({ retry_delay_seconds: 3 });
      const event = makeEvent();
      await send(event);
      await expect.poll(async () => (await attemptsOf(webhook)).length, IN_TIME).toBe(1);
      expect(await api.patch(`/outgoing-webhooks/${webhook.id}`, { is_active: false })).toMatchObject({
        status: 200,
      });
      expect((await deliveryOf({ event, webhook }))?.state).toBe("cancelled");
      await sleep(3_000 + QUIET_MS);
      expect(receiver.requests).toHaveLength(1);
    });

    test("deleting a webhook ends what is pending", async () => {
      receiver.always(answer(500));
      const webhook = await addWebhook({ retry_delay_seconds: 3 });
      await send(makeEvent());
      await expect.poll(async () => (await attemptsOf(webhook)).length, IN_TIME).toBe(1);
      expect(await api.delete(`/outgoing-webhooks/${webhook.id}`)).toMatchObject({ status: 200 });
      await sleep(3_000 + QUIET_MS);
      expect(receiver.requests).toHaveLength(1);
    });

    test("a long sleep outlives kill -9 and a restart, and no attempt is made twice", async () => {
      receiver.script(answer(500));
      const webhook = await addWebhook({ retry_delay_seconds: 20 });
      const event = makeEvent();
      await send(event);
      await expect.poll(async () => (await attemptsOf(webhook)).length, IN_TIME).toBe(1);
      await product.restart();
      const requests = await receiver.waitFor(2);
      expect(pauses(requests)[0]).toBeGreaterThanOrEqual(19_950);
      await expectDelivery({ event, webhook, state: "succeeded", attempts: 2 });
      expect(deliveryIds(receiver.requests)).toHaveLength(1);
    });

    test("a longer Retry-After is honoured", async () => {
      receiver.script(answer(429, { headers: { "retry-after": "4" } }));
      await addWebhook({ retry_delay_seconds: 1 });
      await send(makeEvent());
      const requests = await receiver.waitFor(2);
      expect(pauses(requests)[0]).toBeGreaterThanOrEqual(3_950);
    });

    async function addWebhook(fields: Json = {}): Promise<Webhook> {
      const defaults = { name: "Test", webhook_url: `${receiver.url}/hook`, retry_delay_seconds: 1 };
      return created(await api.post("/outgoing-webhooks", { ...defaults, ...fields }));
    }

    async function send(events: TestEvent | TestEvent[]): Promise<void> {
      expect(await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events })).toMatchObject({
        status: 200,
      });
    }

    function attemptsOf(webhook: Webhook): Promise<Json[]> {
      return attemptsAt({ api, webhook });
    }

    function deliveryOf(of: { event: TestEvent; webhook: Webhook }) {
      return deliveryAt({ api, ...of });
    }

    function expectDelivery(expected: Expected): Promise<void> {
      return expectDeliveryAt({ api, ...expected });
    }
  });

  test(`${engine} engine: a database that goes away inside a step delays the delivery and loses nothing`, async () => {
    test.setTimeout(180_000);
    const database = await makePostgres();
    const product = await startOnEngine({ engine, database });
    const receiver = await startReceiver({ behaviour: answer(200, { delayMs: 2_000 }) });
    try {
      const api = createApi({ url: product.url, token: ACCESS.apiToken });
      const webhook = created(
        await api.post("/outgoing-webhooks", { name: "Test", webhook_url: `${receiver.url}/hook` }),
      );
      const event = makeEvent();
      await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events: event });
      // The request is under way; its outcome cannot be stored.
      await receiver.waitFor(1);
      await database.postgres.halt();
      await sleep(4_000);
      await database.postgres.resume();
      await expectDeliveryAt({ api, event, webhook, state: "succeeded", attempts: 1 });
      expect(deliveryIds(receiver.requests)).toHaveLength(1);
    } finally {
      await product.remove();
      await receiver.close();
      await database.remove();
    }
  });
}

test("what Inngest took in while the database was away is delivered later", async () => {
  test.skip(!ENGINES.includes("inngest"), "INNGEST_TEST_URL names no server");
  test.setTimeout(180_000);
  const database = await makePostgres();
  const product = await startOnEngine({ engine: "inngest", database });
  const receiver = await startReceiver();
  const api = createApi({ url: product.url, token: ACCESS.apiToken });
  const webhook = created(
    await api.post("/outgoing-webhooks", { name: "Test", webhook_url: `${receiver.url}/hook` }),
  );
  const event = makeEvent();
  await database.postgres.halt();
  const taken = await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events: event });
  expect(taken.status).toBe(200);
  await sleep(3_000);
  await database.postgres.resume();
  // The step failed, and Inngest's first pause before it tries again is a quarter of a minute and more.
  await expect.poll(() => receiver.requests.length, { timeout: 120_000 }).toBe(1);
  await expectDeliveryAt({ api, event, webhook, state: "succeeded", attempts: 1 });
  await product.remove();
  await receiver.close();
  await database.remove();
});

test("the embedded engine serves no functions to Inngest, and says what to set", async () => {
  const product = await startOnEngine({ engine: "embedded" });
  const refused = await fetch(`${product.url}/api/inngest`, { method: "POST" });
  expect(refused.status).toBe(404);
  expect(await refused.text()).toMatch(/INNGEST_SIGNING_KEY/);
  await product.remove();
});

test("outside of dev mode a call that Inngest did not sign is refused", async () => {
  const keys = { INNGEST_EVENT_KEY: "e2e-key", INNGEST_SIGNING_KEY: "0123456789abcdef0123456789abcdef" };
  const database = await makeDatabase("PGlite");
  const product = await startProduct({ dataDir: database.dataDir, env: keys });
  const url = `${product.url}/api/inngest?fnId=iiko-webhooks-deliver-webhook&stepId=step`;
  const forged = `t=${Math.floor(Date.now() / 1000)}&s=${"0".repeat(64)}`;
  const unsigned: Record<string, string>[] = [{}, { "x-inngest-signature": forged }];
  for (const headers of unsigned) {
    const refused = await fetch(url, { method: "POST", headers, body: "{}" });
    expect(refused.status).toBe(401);
  }
  await product.kill();
  await database.remove();
});

type Expected = { event: TestEvent; webhook: Webhook; state: string; attempts: number };

async function expectDeliveryAt({ api, event, webhook, state, attempts }: Expected & { api: Api }) {
  const read = async () => (await deliveryAt({ api, event, webhook }))?.state ?? "none";
  await expect.poll(read, IN_TIME).toBe(state);
  expect(await attemptsAt({ api, webhook, event })).toHaveLength(attempts);
}

async function deliveryAt(of: { api: Api; event: TestEvent; webhook: Webhook }): Promise<Json | undefined> {
  const { status, body } = await of.api.get(`/order-events/${of.event.id}`);
  if (status !== 200) return undefined;
  const { decisions } = body as { decisions: { webhook_id: number; deliveries: Json[] }[] };
  return decisions.find(({ webhook_id }) => webhook_id === of.webhook.id)?.deliveries[0];
}

async function attemptsAt(of: { api: Api; webhook: Webhook; event?: TestEvent }): Promise<Json[]> {
  const { body } = await of.api.get(`/outgoing-webhooks/${of.webhook.id}/logs?limit=500`);
  const attempts = body as Json[];
  return of.event ? attempts.filter((attempt) => attempt.event_id === of.event?.id) : attempts;
}

function pauses(requests: RecordedRequest[]): number[] {
  const times = requests.map(({ receivedAt }) => receivedAt.getTime());
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

function deliveryIds(requests: RecordedRequest[]): unknown[] {
  return [...new Set(requests.map(({ headers }) => headers["webhook-id"]))];
}
