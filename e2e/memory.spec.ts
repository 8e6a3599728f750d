import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { cloudMessage } from "@/lib/orders/iiko/testing/samples";
import { limitMemory, type MemoryLimit } from "@/scripts/test/memory-limit";
import { createApi, sendIikoMessages } from "./support/api";
import { DATABASES, type Database, makeDatabase, skipped } from "./support/database";
import { figure, IS_SOAK } from "./support/figures";
import { freePort } from "./support/free-port";
import { ACCESS, type Product, startProduct } from "./support/product";
import { created } from "./support/test";

const MIB = 1024 * 1024;
const LIMIT_BYTES = 1024 * MIB;
// Files in a folder that is memory count towards the limit.
const ON_DISK = "/var/tmp";

// The rest takes minutes: `npm run test:soak`.
const TESTED = IS_SOAK ? DATABASES : DATABASES.slice(0, 1);
// Of 60 MiB either way.
const LARGEST = IS_SOAK ? { count: 4_900, bytes: 12_600 } : { count: 1_200, bytes: 51_000 };

for (const name of TESTED) {
  test.describe(`${name}: with 1 GB of memory`, () => {
    let limit: MemoryLimit | null;
    let database: Database;
    let receiver: CountingReceiver;
    let product: Product;
    let port: number;

    test.beforeEach(async () => {
      test.setTimeout(300_000);
      limit = limitMemory(LIMIT_BYTES);
      if (!limit) throw skipped("a memory limit takes root on Linux");
      database = await makeDatabase(name, ON_DISK);
      receiver = await startCountingReceiver();
      port = await freePort();
      product = await start();
    });
    test.afterEach(async () => {
      await product?.kill();
      receiver?.close();
      await limit?.remove();
      await database?.remove();
    });

    function start(): Promise<Product> {
      const { dataDir, env } = database;
      return startProduct({ dataDir, env, port, ...(limit ? { limit } : {}) });
    }

    async function addWebhooks(count: number, fields: Record<string, unknown> = {}): Promise<void> {
      const api = createApi({ url: product.url, token: ACCESS.apiToken });
      for (let number = 1; number <= count; number += 1) {
        const webhook = { name: `CRM ${number}`, webhook_url: `${receiver.url}/${number}`, ...fields };
        created(await api.post("/outgoing-webhooks", webhook));
      }
    }

    async function send(events: unknown): Promise<number> {
      const address = `${product.url}/e/${ACCESS.eventKey}`;
      return (await fetch(address, { method: "POST", body: JSON.stringify(events) })).status;
    }

    const arrived = () => receiver.answered.size;

    function isUnharmed(what: string): void {
      expect(limit?.kills()).toBe(0);
      figure(
        `${name}, 1 GB, ${what}: at most ${Math.round((limit?.peakBytes() ?? 0) / MIB)} MiB, files among them`,
      );
    }

    test("an event of a million wrong numbers is rejected", async () => {
      const items = Array.from({ length: 1_400_000 }, () => 1);
      expect(
        await send({
          id: "wrong",
          name: "order.created",
          data: { order: { id: 1, status: "OnWay", items } },
        }),
      ).toBe(200);
      const api = createApi({ url: product.url, token: ACCESS.apiToken });
      expect((await api.get("/order-events/wrong")).body).toMatchObject({ state: "rejected" });
      isUnharmed("a million wrong numbers");
    });

    test("the largest array that is allowed is taken twice at once and goes to its webhooks", async () => {
      const webhooks = IS_SOAK ? 3 : 1;
      await addWebhooks(webhooks);
      const events = (batch: number) => largeEvents({ ...LARGEST, batch });
      expect(await Promise.all([send(events(1)), send(events(2))])).toEqual([200, 200]);
      await expect.poll(arrived, { timeout: 150_000, intervals: [1_000] }).toBe(2 * LARGEST.count * webhooks);
      isUnharmed(`two arrays of 60 MiB to ${webhooks} webhooks`);
    });

    test("the largest array of iiko's own messages is taken twice at once and goes on as it came", async () => {
      await addWebhooks(1, { payload_format: "iiko_cloud_native" });
      const sendIiko = async (texts: string[]) =>
        (await sendIikoMessages({ url: product.url, eventKey: ACCESS.eventKey, texts, timeoutMs: 120_000 }))
          .status;
      const texts = () => largeMessages({ count: 1_200, bytes: 50_000 });
      expect(await Promise.all([sendIiko(texts()), sendIiko(texts())])).toEqual([200, 200]);
      await expect.poll(arrived, { timeout: 150_000, intervals: [1_000] }).toBe(2 * 1_200);
      isUnharmed("two arrays of 60 MiB from iiko itself");
    });

    test("an array of 58 MiB goes to twenty webhooks", async () => {
      test.skip(!IS_SOAK, "in the soak");
      await addWebhooks(20);
      expect(await send(largeEvents({ count: 20, bytes: 2.9 * MIB, batch: 1 }))).toBe(200);
      await expect.poll(arrived, { timeout: 150_000, intervals: [1_000] }).toBe(20 * 20);
      isUnharmed("an array of 58 MiB to twenty webhooks");
    });

    test("large events to webhooks that hang do not end it, and it starts again with them", async () => {
      test.skip(!IS_SOAK, "in the soak");
      await addWebhooks(3, { timeout_seconds: 5, retry_count: 10, retry_delay_seconds: 1 });
      receiver.isHanging = true;
      for (let batch = 1; batch <= 25; batch += 1) {
        expect(await send(largeEvents({ count: 1, bytes: 2.9 * MIB, batch }))).toBe(200);
      }
      await product.kill();
      product = await start();
      receiver.isHanging = false;
      await expect.poll(arrived, { timeout: 150_000, intervals: [1_000] }).toBe(25 * 3);
      isUnharmed("25 events of 2.9 MiB to three webhooks that hang");
    });
  });
}

/** Order events of about so many bytes each, whose items every format sends on. */
function largeEvents({ count, bytes, batch }: { count: number; bytes: number; batch: number }): unknown[] {
  const name = "Пицца «Маргарита» ".repeat(4);
  const item = { product_id: null, name, amount: 1, price: 54_900, sum: 54_900, modifiers: [] };
  const items = Array.from(
    { length: Math.floor(bytes / Buffer.byteLength(JSON.stringify(item))) - 1 },
    () => item,
  );
  return Array.from({ length: count }, (_, n) => ({
    id: `large-${batch}-${n}`,
    name: "order.created",
    data: { order: { id: batch * 10_000 + n, status: "OnWay", items } },
  }));
}

/** Messages of iiko's, each of an order of its own. */
function largeMessages({ count, bytes }: { count: number; bytes: number }): string[] {
  const comment = "я".repeat(bytes / 2);
  return Array.from({ length: count }, () =>
    cloudMessage({ order: { comment }, info: { id: randomUUID(), externalNumber: null } }),
  );
}

type CountingReceiver = {
  url: string;
  /** The webhook-ids of requests that were answered. */
  answered: Set<string>;
  isHanging: boolean;
  close: () => void;
};

/** Takes bodies of any size and keeps nothing of them. */
async function startCountingReceiver(): Promise<CountingReceiver> {
  const answered = new Set<string>();
  const take = (response: ServerResponse, id: string) => {
    if (receiver.isHanging) return;
    answered.add(id);
    response.end();
  };
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on("end", () => take(response, String(request.headers["webhook-id"])));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const receiver: CountingReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    isHanging: false,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}
