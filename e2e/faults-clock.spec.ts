import { rm } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi, sendEvents } from "./support/api";
import { type Clock, makeClock } from "./support/clock";
import { makeDataDir, makePostgres } from "./support/database";
import { expectLogged, ledgerWebhook } from "./support/ledger";
import { makeEvent } from "./support/orders";
import { ACCESS, type Product, startProduct } from "./support/product";
import { created } from "./support/test";

let dataDir: string;
let clock: Clock;
let receiver: Receiver;
let product: Product | undefined;

test.beforeEach(async () => {
  dataDir = await makeDataDir();
  clock = await makeClock(dataDir);
  receiver = await startReceiver();
});
test.afterEach(async () => {
  await product?.kill();
  await receiver?.close();
  if (dataDir) await rm(dataDir, { recursive: true, force: true });
});

test("a clock that jumps ahead makes waiting retries due; one that jumps a day back does not put them off", async () => {
  product = await startProduct({ dataDir, env: clock.env });
  const api = createApi({ url: product.url, token: ACCESS.apiToken });
  receiver.script(answer(503), answer(503));
  const fields = ledgerWebhook({ receiver, name: "waits", retry_delay_seconds: 240 });
  created(await api.post("/outgoing-webhooks", fields));
  const event = makeEvent();
  await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events: event });
  await waitForAttempts({ url: product.url, count: 1 });
  await clock.set("+1h");
  await receiver.waitFor(2);
  await waitForAttempts({ url: product.url, count: 2 });
  await clock.set("-1d");
  await receiver.waitFor(3);
  await waitForAttempts({ url: product.url, count: 3 });
  const [first, ...others] = receiver.requests.map((request) => request.headers["webhook-id"]);
  expect(others).toEqual([first, first]);
});

test("Postgres: a process whose clock is hours behind the database's delivers a backlog all the same", async () => {
  await clock.set("-5h");
  const database = await makePostgres();
  try {
    product = await startProduct({ dataDir, env: { ...database.env, ...clock.env } });
    const api = createApi({ url: product.url, token: ACCESS.apiToken });
    created(await api.post("/outgoing-webhooks", ledgerWebhook({ receiver, name: "a" })));
    const accepted = new Set<string>();
    for (let batch = 0; batch < 3; batch += 1) {
      const events = Array.from({ length: 500 }, () => makeEvent());
      await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events });
      for (const { data } of events) accepted.add(String(data.order.external_order_id));
    }
    await receiver.waitFor(1_500);
    await expectLogged({ url: product.url, accepted });
    expect(receiver.requests).toHaveLength(1_500);
  } finally {
    await product?.kill();
    await database.remove();
  }
});

async function waitForAttempts({ url, count }: { url: string; count: number }): Promise<void> {
  const api = createApi({ url, token: ACCESS.apiToken });
  const logged = async () => ((await api.get("/outgoing-webhook-logs")).body as unknown[]).length;
  await expect.poll(logged, { timeout: 60_000 }).toBe(count);
}
