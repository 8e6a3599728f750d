import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { answer, type Behaviour } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { type Api, createApi, sendEvents } from "./support/api";
import { type Database, makePostgres } from "./support/database";
import { register } from "./support/engine";
import { figure } from "./support/figures";
import { INNGEST_BINARY, type InngestServer, startInngest } from "./support/inngest-server";
import { type LoopbackProxy, startRoundRobin } from "./support/loopback-proxy";
import { arrivedIds, expectInOrder, ordersOf } from "./support/order-lines";
import { ACCESS, type Product, startProduct } from "./support/product";
import { created, type Json } from "./support/test";

const ORDERS = 20;
const EVENTS = ORDERS * 4;
const PAUSE_SECONDS = 5;

let database: Database;
let folder: string;
let receiver: Receiver;
let inngest: InngestServer;
let balancer: LoopbackProxy;
let products: Product[] = [];
let apis: Api[];
let underWay = 0;
let mostAtOnce = 0;

test.beforeEach(async () => {
  test.skip(!INNGEST_BINARY, "INNGEST_TEST_BINARY names no program");
  test.setTimeout(240_000);
  database = await makePostgres();
  folder = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-inngest-"));
  receiver = await startReceiver();
  const targets: string[] = [];
  balancer = await startRoundRobin(targets);
  inngest = await startInngest({ kind: "dev", folder, productUrl: balancer.url });
  const env = { ...database.env, INNGEST_DEV: inngest.url, INNGEST_SERVE_ORIGIN: balancer.url };
  products = [await startProduct({ dataDir: database.dataDir, env })];
  products.push(await startProduct({ dataDir: database.dataDir, env }));
  targets.push(...products.map(({ url }) => url));
  apis = products.map(({ url }) => createApi({ url, token: ACCESS.apiToken }));
  for (const product of products) await register(product);
});
test.afterEach(async () => {
  for (const product of products) await product.kill();
  products = [];
  await inngest?.kill();
  balancer?.close();
  await receiver?.close();
  await database?.remove();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test("two replicas on one Inngest never send two probes at once, and drain a webhook that comes up in order", async () => {
  receiver.always(counted(answer(502, { delayMs: 50 })));
  const id = await addWebhook({ retry_count: 0, give_up_after_minutes: 60 });
  await send(ordersOf({ orders: ORDERS }));
  await expect.poll(() => isQuiet(), { timeout: 60_000, intervals: [2_000] }).toBe(true);
  const failed = receiver.requests.length;

  // Longer than it takes both to be told; an edit has it probed at once.
  receiver.always(counted(answer(502, { delayMs: 2_000 })));
  mostAtOnce = 0;
  await Promise.all(
    apis.map((api, n) => api.patch(`/outgoing-webhooks/${id}`, { description: `edit ${n}` })),
  );
  await receiver.waitFor(failed + 1);
  await expect.poll(() => isQuiet(), { timeout: 60_000, intervals: [2_000] }).toBe(true);
  expect(mostAtOnce).toBe(1);
  const probes = receiver.requests.slice(failed).length;

  const before = receiver.requests.length;
  receiver.always(answer(200));
  await apis[0]?.patch(`/outgoing-webhooks/${id}`, { description: "it is back" });
  const drained = () => arrivedIds(receiver.requests.slice(before));
  await expect.poll(() => drained().size, { timeout: 120_000 }).toBe(EVENTS);
  expectInOrder(drained());
  figure(`two replicas on Inngest: ${probes} probes, one at once; ${EVENTS} waited, drained in order`);
});

test("a pause that a receiver asked one of two replicas for holds for both", async () => {
  let pausedAt = 0;
  receiver.always((response, request) => {
    if (pausedAt === 0) setTimeout(() => (pausedAt = Date.now()), 0);
    const isPaused = pausedAt === 0 || Date.now() - pausedAt < 1_000;
    const headers = { "retry-after": String(PAUSE_SECONDS) };
    answer(isPaused ? 429 : 200, isPaused ? { headers } : {})(response, request);
  });
  await addWebhook({ retry_count: 3 });
  await send(ordersOf({ orders: ORDERS, events: 1 }));
  const taken = () => receiver.requests.filter(({ receivedAt }) => receivedAt.getTime() > pausedAt + 1_000);
  await expect.poll(() => taken().length, { timeout: 60_000 }).toBe(ORDERS);
  const waitedMs = (taken()[0]?.receivedAt.getTime() ?? 0) - pausedAt;
  expect(waitedMs).toBeGreaterThan(PAUSE_SECONDS * 1_000 - 500);
  figure(`two replicas on Inngest: asked to wait ${PAUSE_SECONDS} s, both were silent for ${waitedMs} ms`);
});

async function addWebhook(fields: Json): Promise<number> {
  const webhook = { name: "crm", webhook_url: `${receiver.url}/crm`, retry_delay_seconds: 1, ...fields };
  const [api] = apis;
  if (!api) throw new Error("No product runs.");
  return created(await api.post("/outgoing-webhooks", webhook)).id;
}

/** Each replica takes a half of the events in. */
async function send(events: unknown[]): Promise<void> {
  const half = Math.ceil(events.length / 2);
  for (const [n, { url }] of products.entries()) {
    const part = events.slice(n * half, (n + 1) * half);
    expect((await sendEvents({ url, eventKey: ACCESS.eventKey, events: part })).status).toBe(200);
  }
}

/** Whether there were requests, and none since it was asked last. */
let seen = 0;
function isQuiet(): boolean {
  const isSame = seen > 0 && underWay === 0 && receiver.requests.length === seen;
  seen = receiver.requests.length;
  return isSame;
}

function counted(behaviour: Behaviour): Behaviour {
  return (response, request) => {
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    response.once("close", () => {
      underWay -= 1;
    });
    behaviour(response, request);
  };
}
