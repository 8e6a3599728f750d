import { rm } from "node:fs/promises";
import { test as base, expect } from "@playwright/test";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { type Answer, type Api, createApi, removeWebhooks, sendEvents } from "./api";
import { makeDataDir } from "./database";
import { ACCESS, type Product, startProduct } from "./product";

export { expect };

export type Json = Record<string, unknown>;
export type Webhook = Json & { id: number };

type Fixtures = {
  receiver: Receiver;
  /** REST as an admin. */
  api: Api;
  /** Creates a webhook that points at the receiver, retries after 1 s and is deleted after the test. */
  addWebhook: (fields?: Json) => Promise<Webhook>;
  /** Sends order events through `/e/{eventKey}` and insists that they are accepted. */
  send: (events: unknown) => Promise<string[]>;
  /** The attempts of a webhook, oldest first, as soon as there are `count`. */
  attemptsOf: (webhook: Webhook, count: number) => Promise<Json[]>;
};

/** One real product per worker, on the production build; every test starts without webhooks. */
export const test = base.extend<Fixtures, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern.
    async ({}, use) => {
      const dataDir = await makeDataDir();
      const product = await startProduct({ dataDir });
      await use(product);
      await product.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 150_000 },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern.
  receiver: async ({}, use) => {
    const receiver = await startReceiver();
    await use(receiver);
    await receiver.close();
  },

  api: async ({ product }, use) => {
    const api = createApi({ url: product.url, token: ACCESS.apiToken });
    await use(api);
    await removeWebhooks(api);
  },

  addWebhook: async ({ api, receiver }, use) => {
    await use(async (fields = {}) => {
      const defaults = { name: "Test", webhook_url: `${receiver.url}/hook`, retry_delay_seconds: 1 };
      return created(await api.post("/outgoing-webhooks", { ...defaults, ...fields }));
    });
  },

  send: async ({ product }, use) => {
    await use(async (events) => {
      const answer = await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events });
      expect(answer).toMatchObject({ status: 200, body: { status: 200 } });
      return (answer.body as { ids: string[] }).ids;
    });
  },

  attemptsOf: async ({ api }, use) => {
    await use(async (webhook, count) => {
      const read = async () =>
        (await api.get(`/outgoing-webhooks/${webhook.id}/logs?limit=500`)).body as Json[];
      await expect.poll(async () => (await read()).length, { timeout: 60_000 }).toBe(count);
      return (await read()).reverse();
    });
  },
});

export function created(answer: Answer): Webhook {
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 });
  return answer.body as Webhook;
}
