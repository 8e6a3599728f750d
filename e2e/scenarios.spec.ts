import { setTimeout as sleep } from "node:timers/promises";
import { test as base, expect } from "@playwright/test";
import { answer, hang } from "@/lib/outbound/testing/behaviours";
import { type Receiver, type RecordedRequest, startReceiver } from "@/lib/outbound/testing/receiver";
import { type Api, createApi, removeWebhooks, sendEvents } from "./support/api";
import { DATABASES, makeDatabase, makePostgres } from "./support/database";
import { ENGINES, type EngineName, type EngineProduct, register, startOnEngine } from "./support/engine";
import { figure } from "./support/figures";
import { ledgerWebhook, missing } from "./support/ledger";
import { startLoad } from "./support/load";
import { makeEvent, type TestEvent } from "./support/orders";
import { ACCESS, startProduct } from "./support/product";
import { created, type Json, type Webhook } from "./support/test";

type ProductOn = (engine: EngineName) => Promise<EngineProduct>;

/** One product an engine and worker, started when it is first asked for. */
const test = base.extend<object, { productOn: ProductOn }>({
  productOn: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern.
    async ({}, use) => {
      const started = new Map<EngineName, EngineProduct>();
      await use(async (engine) => {
        const product = started.get(engine) ?? (await startOnEngine({ engine }));
        started.set(engine, product);
        return product;
      });
      for (const product of started.values()) await product.remove();
    },
    { scope: "worker" },
  ],
});

// The last file and a long one, mostly waiting: it is spread over the workers. But an Inngest server knows one
// address of the functions.
test.describe.configure({ mode: process.env.INNGEST_TEST_URL ? "default" : "parallel" });

// One suite, two engines: what is promised of deliveries holds whichever of them runs the functions.
const IN_TIME = { timeout: 60_000 };
// How long it takes to be sure that nothing more comes; an Inngest server wakes a run within a second or two.
const QUIET_MS = process.env.INNGEST_TEST_URL ? 5_000 : 1_500;

for (const engine of ENGINES) {
  test.describe(`${engine} engine`, () => {
    let product: EngineProduct;
    let receiver: Receiver;
    let api: Api;

    test.beforeEach(async ({ productOn }) => {
      product = await productOn(engine);
      api = createApi({ url: product.url, token: ACCESS.apiToken });
      receiver = await startReceiver();
    });
    test.afterEach(async () => {
      await removeWebhooks(api);
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
      expect(attempt?.duration_ms).toBeLessThan(25_000);
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
      const webhook = await addWebhook({ retry_delay_seconds: 8 });
      const event = makeEvent();
      await send(event);
      await expect.poll(async () => (await attemptsOf(webhook)).length, IN_TIME).toBe(1);
      await product.restart();
      const requests = await receiver.waitFor(2);
      expect(pauses(requests)[0]).toBeGreaterThanOrEqual(7_950);
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

    test("deliveries of one order go one after another, a resend last, and no other order waits", async () => {
      await addWebhook({ retry_delay_seconds: 4 });
      const [sent, first, second, other] = ["a-0", "a-1", "a-2", "b-1"].map((number) => numbered(number));
      if (!sent || !first || !second || !other) throw new Error("Four events are made.");
      await send(sent);
      await receiver.waitFor(1);
      await expect.poll(async () => (await allAttempts()).length, IN_TIME).toBe(1);
      receiver.script(answer(500));
      await send(first);
      await receiver.waitFor(2);
      await send([second, other]);
      const [attempt] = (await allAttempts()).filter(({ event_id }) => event_id === sent.id);
      expect(await api.post(`/outgoing-webhook-logs/${attempt?.id}/resend`)).toMatchObject({ status: 202 });
      await receiver.waitFor(6);
      expect(receivedOf("a")).toEqual(["a-0", "a-1", "a-1", "a-2", "a-0"]);
      expect(received().indexOf("b-1")).toBe(2);
    });

    test("a 429 pauses the webhook: no other order is sent before the time it asked for", async () => {
      receiver.script(answer(429, { headers: { "retry-after": "3" } }));
      await addWebhook();
      await send(numbered("a-1"));
      await receiver.waitFor(1);
      await expect.poll(async () => (await allAttempts()).length, IN_TIME).toBe(1);
      await send([numbered("b-1"), numbered("c-1")]);
      const requests = await receiver.waitFor(4);
      expect(
        (requests[1]?.receivedAt.getTime() ?? 0) - (requests[0]?.receivedAt.getTime() ?? 0),
      ).toBeGreaterThan(2_900);
      expect(received().sort()).toEqual(["a-1", "a-1", "b-1", "c-1"]);
    });

    test("an outage is outlasted: one probe tells that it is over, and all that waited goes out in its order", async () => {
      receiver.always(answer(502));
      const webhook = await addWebhook({ retry_count: 0, give_up_after_minutes: 60 });
      const numbers = ["a-1", "b-1", "c-1", "a-2", "b-2", "c-2", "a-3"];
      await send(numbered("a-1"));
      await expect.poll(async () => (await allAttempts()).length, IN_TIME).toBe(1);
      for (const number of numbers.slice(1)) await send(numbered(number));
      await sleep(QUIET_MS);
      const probed = receiver.requests.length;
      expect(probed).toBe(1);
      receiver.always(answer(200));
      await receiver.waitFor(probed + numbers.length);
      const drained = received().slice(probed);
      expect(drained[0]).toBe("a-1");
      expect(drained.filter((one) => one.startsWith("a"))).toEqual(["a-1", "a-2", "a-3"]);
      for (const order of ["b", "c"]) expect(receivedOf(order)).toEqual([`${order}-1`, `${order}-2`]);
      const { body } = await api.get(`/outgoing-webhooks/${webhook.id}`);
      await expect.poll(async () => (await allAttempts()).length, IN_TIME).toBe(probed + numbers.length);
      expect((body as Json).total_failed).toBe(probed);
    });

    function received(): string[] {
      return receiver.requests.map(({ body }) => JSON.parse(body).readableNumber as string);
    }

    function receivedOf(order: string): string[] {
      return received().filter((number) => number.startsWith(order));
    }

    async function allAttempts(): Promise<Json[]> {
      return (await api.get("/outgoing-webhook-logs?limit=500")).body as Json[];
    }

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
    test.setTimeout(300_000);
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

test("what was sent to Inngest itself while the database was away is delivered later", async () => {
  test.skip(!ENGINES.includes("inngest"), "INNGEST_TEST_URL names no server");
  test.setTimeout(300_000);
  const database = await makePostgres();
  const product = await startOnEngine({ engine: "inngest", database });
  const receiver = await startReceiver();
  const api = createApi({ url: product.url, token: ACCESS.apiToken });
  const webhook = created(
    await api.post("/outgoing-webhooks", { name: "Test", webhook_url: `${receiver.url}/hook` }),
  );
  const event = makeEvent();
  await database.postgres.halt();
  const taken = await sendEvents({
    url: process.env.INNGEST_TEST_URL ?? "",
    eventKey: ACCESS.eventKey,
    events: event,
  });
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

test("an event accepted while Inngest is away, or knows no function yet, is delivered", async () => {
  test.skip(!ENGINES.includes("inngest"), "INNGEST_TEST_URL names no server");
  test.setTimeout(240_000);
  const receiver = await startReceiver();
  const product = await startOnEngine({ engine: "inngest", isRegistered: false });
  const api = createApi({ url: product.url, token: ACCESS.apiToken });
  created(await api.post("/outgoing-webhooks", { name: "Test", webhook_url: `${receiver.url}/hook` }));
  const take = async (count: number) => {
    const events = Array.from({ length: count }, () => makeEvent());
    const taken = await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events });
    expect(taken.status).toBe(200);
  };
  try {
    await take(20);
    await product.restart("inngest-away");
    await take(20);
    expect(receiver.requests).toHaveLength(0);
    await product.restart("inngest");
    await register(product);
    await take(20);
    await expect.poll(() => new Set(deliveryIds(receiver.requests)).size, { timeout: 150_000 }).toBe(60);
    expect(receiver.requests).toHaveLength(60);
  } finally {
    await product.remove();
    await receiver.close();
  }
});

for (const name of DATABASES) {
  test(`${name}: a change of engine and back under load loses nothing`, async () => {
    test.skip(!ENGINES.includes("inngest"), "INNGEST_TEST_URL names no server");
    test.setTimeout(300_000);
    const database = await makeDatabase(name);
    const receiver = await startReceiver({ behaviour: answer(200, { delayMs: 20 }) });
    const product = await startOnEngine({ engine: "embedded", database });
    const accepted = new Set<string>();
    try {
      const api = createApi({ url: product.url, token: ACCESS.apiToken });
      created(await api.post("/outgoing-webhooks", ledgerWebhook({ receiver, name: "crm" })));
      const load = startLoad({ url: () => product.url, accepted, batchSize: 5, senders: 1, pauseMs: 60 });
      for (const engine of ["inngest", "embedded"] as const) {
        await load.acceptedBatches(30);
        await product.restart(engine);
      }
      await load.acceptedBatches(30);
      await load.stop();
      const books = { accepted, receiver, names: ["crm"] };
      await expect.poll(() => missing(books), { timeout: 120_000 }).toBe(0);
      figure(`${name}, embedded → Inngest → embedded under load: ${accepted.size} accepted, 0 lost`);
    } finally {
      await product.remove();
      await receiver.close();
      await database.remove();
    }
  });
}

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

/** An event of the order that stands before the dash. */
function numbered(number: string): TestEvent {
  const id = `${process.pid}-${Date.now()}-${number}`;
  const [order = ""] = number.split("-");
  return {
    ...makeEvent({ order: { id: null, external_order_id: `order-${order}`, readable_number: number } }),
    id,
  };
}

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
