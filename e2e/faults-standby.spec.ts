import { expect, test } from "@playwright/test";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi } from "./support/api";
import { makePostgres } from "./support/database";
import { figure, IS_SOAK } from "./support/figures";
import { countRepeats, expectLogged, type Fault, ledgerWebhook, missing } from "./support/ledger";
import { startLoad } from "./support/load";
import { ACCESS, type Product, startProduct } from "./support/product";
import { created } from "./support/test";

const TAKEOVERS = IS_SOAK ? 10 : 1;
const WEBHOOKS = ["a", "b"];

let database: Awaited<ReturnType<typeof makePostgres>>;
let receiver: Receiver;
const products: Product[] = [];

test.beforeEach(async () => {
  database = await makePostgres();
  receiver = await startReceiver();
});
test.afterEach(async () => {
  for (const product of products.splice(0)) await product.kill();
  await receiver?.close();
  await database?.remove();
});

test(`Postgres: two processes, the active one killed -9 under load ${TAKEOVERS} times: the standby takes over, nothing accepted is lost`, async () => {
  test.setTimeout(240_000 + TAKEOVERS * 20_000);
  const start = () => startProduct({ dataDir: database.dataDir, env: database.env });
  let active = await start();
  products.push(active);
  const api = createApi({ url: active.url, token: ACCESS.apiToken });
  for (const name of WEBHOOKS) {
    created(await api.post("/outgoing-webhooks", ledgerWebhook({ receiver, name })));
  }
  const accepted = new Set<string>();
  const kills: Fault[] = [];
  const pausesMs: number[] = [];
  for (let takeover = 1; takeover <= TAKEOVERS; takeover += 1) {
    const standby = await start();
    products.push(standby);
    let target = active;
    const load = startLoad({ url: () => target.url, accepted, pauseMs: 10 });
    await load.acceptedBatches(10);
    // The standby takes events in as well; the active one hears of them and delivers them.
    const before = receiver.requests.length;
    target = standby;
    await load.acceptedBatches(10);
    await receiver.waitFor(before + 100);
    const from = Date.now();
    await active.kill();
    kills.push({ from, to: Date.now() + 500 });
    const deliveredBefore = receiver.requests.length;
    await receiver.waitFor(deliveredBefore + 20);
    pausesMs.push(Date.now() - from);
    await load.acceptedBatches(5);
    await load.stop();
    active = standby;
  }
  await expect.poll(() => missing({ accepted, receiver, names: WEBHOOKS }), { timeout: 60_000 }).toBe(0);
  await expectLogged({ url: active.url, accepted });
  const repeats = countRepeats({ receiver, names: WEBHOOKS, faults: kills });
  figure(
    `Takeover × ${TAKEOVERS}: ${accepted.size} accepted, 0 lost, ${repeats} requests repeated; deliveries go on ` +
      `after ${pausesMs.join(", ")} ms`,
  );
});

test("Postgres: two processes under load deliver each event once", async () => {
  const pair = [
    await startProduct({ dataDir: database.dataDir, env: database.env }),
    await startProduct({ dataDir: database.dataDir, env: database.env }),
  ] as const;
  products.push(...pair);
  const api = createApi({ url: pair[1].url, token: ACCESS.apiToken });
  for (const name of WEBHOOKS) {
    created(await api.post("/outgoing-webhooks", ledgerWebhook({ receiver, name })));
  }
  const accepted = new Set<string>();
  const loads = pair.map((product) => startLoad({ url: () => product.url, accepted }));
  await Promise.all(loads.map((load) => load.acceptedBatches(10)));
  await Promise.all(loads.map((load) => load.stop()));
  await expect.poll(() => missing({ accepted, receiver, names: WEBHOOKS }), { timeout: 60_000 }).toBe(0);
  await expectLogged({ url: pair[0].url, accepted });
  expect(receiver.requests).toHaveLength(accepted.size * WEBHOOKS.length);
});

test("Postgres: the active process freezes (SIGSTOP): the standby takes over within 20 s, and when it thaws there is still one that delivers", async () => {
  test.skip(!IS_SOAK, "takes half a minute: npm run test:soak");
  test.setTimeout(300_000);
  const frozen = await startProduct({ dataDir: database.dataDir, env: database.env });
  products.push(frozen);
  const api = createApi({ url: frozen.url, token: ACCESS.apiToken });
  for (const name of WEBHOOKS) {
    created(await api.post("/outgoing-webhooks", ledgerWebhook({ receiver, name })));
  }
  const standby = await startProduct({ dataDir: database.dataDir, env: database.env });
  products.push(standby);
  const load = startLoad({ url: () => standby.url, pauseMs: 100 });
  await load.acceptedBatches(5);
  await receiver.waitFor(100);
  const from = Date.now();
  process.kill(frozen.pid, "SIGSTOP");
  try {
    await load.acceptedBatches(5);
    const accepted = new Set(load.accepted);
    await expect.poll(() => missing({ accepted, receiver, names: WEBHOOKS }), { timeout: 60_000 }).toBe(0);
  } finally {
    process.kill(frozen.pid, "SIGCONT");
  }
  const tookMs = Date.now() - from;
  await load.acceptedBatches(5);
  await load.stop();
  await expect
    .poll(() => missing({ accepted: load.accepted, receiver, names: WEBHOOKS }), { timeout: 60_000 })
    .toBe(0);
  await expectLogged({ url: frozen.url, accepted: load.accepted });
  const thawed = { from, to: from + tookMs + 2_000 };
  const repeats = countRepeats({ receiver, names: WEBHOOKS, faults: [thawed] });
  figure(
    `Active process frozen: all delivered by the standby after ${tookMs} ms, ${repeats} requests repeated`,
  );
});
