import { expect, test } from "@playwright/test";
import { answer } from "@/lib/outbound/testing/behaviours";
import { bucket } from "@/lib/outbound/testing/bucket";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { type Api, createApi, removeWebhooks, sendEvents } from "./support/api";
import { figure, IS_SOAK } from "./support/figures";
import { arrivedIds, EVENTS_AN_ORDER, expectInOrder, numberOf, ordersOf } from "./support/order-lines";
import { ACCESS, type Product } from "./support/product";
import { makeStage, STAGES, type Stage } from "./support/stage";
import { created, type Json } from "./support/test";

// What Bitrix24 takes: https://apidocs.bitrix24.com/limits.html.
const BITRIX24 = { size: 50, perSecond: 2 };
const ASKED = 300;
const POISONED = "1-1";

// In short with the sender's own tests.
for (const name of IS_SOAK ? STAGES : []) {
  test.describe(name, () => {
    let stage: Stage;
    let product: Product;
    let receiver: Receiver;
    let api: Api;

    test.beforeAll(async () => {
      stage = await makeStage(name);
      product = await stage.start();
      api = createApi({ url: product.url, token: ACCESS.apiToken });
    });
    test.afterAll(async () => {
      await product?.kill();
      await stage?.remove();
    });
    test.beforeEach(async () => {
      test.setTimeout(600_000);
      receiver = await startReceiver();
    });
    test.afterEach(async () => {
      await removeWebhooks(api);
      await receiver.close();
    });

    test("Bitrix24's bucket gets 300 events, none fails, and few requests are made in vain", async () => {
      const taken: Receiver["requests"] = [];
      receiver.always(bucket({ ...BITRIX24, onTaken: (request) => taken.push(request) }));
      await addWebhook({ retry_count: 3, retry_delay_seconds: 5 });
      const startedAt = Date.now();
      await send(ordersOf({ orders: ASKED, events: 1 }));
      await expect.poll(() => arrivedIds(taken).size, { timeout: 500_000 }).toBe(ASKED);
      const requests = receiver.requests.length;
      figure(
        `${name}, Bitrix24's bucket: ${ASKED} events, 0 failed, ${requests} requests ` +
          `(${(requests / ASKED).toFixed(2)}), ${Math.round((Date.now() - startedAt) / 1_000)} s`,
      );
      expect(requests).toBeLessThanOrEqual(ASKED * 1.3);
    });

    test("of Telegram's 429 the seconds in its body are waited for, by all orders", async () => {
      const seconds = 4;
      receiver.script(
        answer(429, { body: { ok: false, error_code: 429, parameters: { retry_after: seconds } } }),
      );
      await addWebhook({ retry_count: 3, retry_delay_seconds: 1 });
      await send(ordersOf({ orders: 1, events: 1 }));
      await receiver.waitFor(1);
      await expect
        .poll(async () => ((await api.get("/outgoing-webhook-logs")).body as Json[]).length)
        .toBeGreaterThan(0);
      await send(ordersOf({ orders: 50, events: 1, from: 2 }));
      await receiver.waitFor(52);
      const [asked, next] = receiver.requests.map(({ receivedAt }) => receivedAt.getTime());
      const silentMs = (next ?? 0) - (asked ?? 0);
      expect(silentMs).toBeGreaterThan(seconds * 1_000 - 100);
      figure(`${name}, Telegram asks for ${seconds} s: 51 orders delivered, silent for ${silentMs} ms`);
    });

    test("an order that is refused for good delays none of 500 others", async () => {
      receiver.always((response, request) =>
        answer(numberOf(request.body) === POISONED ? 422 : 200)(response, request),
      );
      // Its next attempt comes long after all the others.
      await addWebhook({ retry_count: 1, retry_delay_seconds: 300, give_up_after_minutes: 60 });
      const startedAt = Date.now();
      await send(ordersOf({ orders: 501, events: 1 }));
      const others = () => receiver.requests.filter(({ body }) => numberOf(body) !== POISONED);
      await expect.poll(() => arrivedIds(others()).size, { timeout: 250_000 }).toBe(500);
      expect(others()).toHaveLength(500);
      figure(`${name}, one poisoned order: 500 others delivered in ${Date.now() - startedAt} ms`);
    });

    // An Inngest server makes some dozens of deliveries a second while the receiver is up.
    const flapped = name === "Inngest" ? 200 : 500;
    test(`a receiver that comes and goes every few seconds gets ${flapped} orders, each in its order`, async () => {
      const taken: Receiver["requests"] = [];
      const startedAt = performance.now();
      let isUp = false;
      let turnsAt = startedAt;
      receiver.always((response, request) => {
        // Up for 4 to 8 s, away for 1 to 3 s: by chance, as no probe knows.
        for (const now = performance.now(); turnsAt <= now; isUp = !isUp) {
          turnsAt += isUp ? 1_000 + Math.random() * 2_000 : 4_000 + Math.random() * 4_000;
        }
        if (isUp) taken.push(request);
        answer(isUp ? 200 : 502, { delayMs: 20 })(response, request);
      });
      await addWebhook({ retry_count: 0, give_up_after_minutes: 60 });
      await send(ordersOf({ orders: flapped }));
      const events = flapped * EVENTS_AN_ORDER;
      await expect.poll(() => arrivedIds(taken).size, { timeout: 500_000 }).toBe(events);
      expectInOrder(arrivedIds(taken));
      figure(
        `${name}, up 4–8 s and away 1–3 s by turns: ${events} in order, ${receiver.requests.length - events} requests in vain, ` +
          `${Math.round((performance.now() - startedAt) / 1_000)} s`,
      );
    });

    test("a receiver that takes a second for each answer gets 100 orders, each once", async () => {
      receiver.script(answer(502));
      receiver.always(answer(200, { delayMs: 1_000 }));
      await addWebhook({ retry_count: 0, give_up_after_minutes: 60 });
      const startedAt = Date.now();
      await send(ordersOf({ orders: 50, events: 2 }));
      await expect.poll(() => arrivedIds(receiver.requests.slice(1)).size, { timeout: 250_000 }).toBe(100);
      expectInOrder(arrivedIds(receiver.requests.slice(1)));
      figure(
        `${name}, drained at a second a request: 100 in order, ${receiver.requests.length - 101} repeated, ` +
          `${Math.round((Date.now() - startedAt) / 1_000)} s`,
      );
    });

    async function addWebhook(fields: Json): Promise<void> {
      created(await api.post("/outgoing-webhooks", { name: "crm", webhook_url: receiver.url, ...fields }));
    }

    async function send(events: unknown[]): Promise<void> {
      const { status } = await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events });
      expect(status).toBe(200);
    }
  });
}
