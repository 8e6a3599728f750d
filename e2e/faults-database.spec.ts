import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi, sendEvents } from "./support/api";
import { type Database, makePostgres } from "./support/database";
import { figure, IS_SOAK } from "./support/figures";
import { countRepeats, expectLogged, ledgerWebhook, missing } from "./support/ledger";
import { startLoad } from "./support/load";
import { makeEvent } from "./support/orders";
import { ACCESS, type Product, startProduct } from "./support/product";
import { signIn } from "./support/session";
import { created } from "./support/test";

const AWAY_SECONDS = IS_SOAK ? 30 : 5;
const WEBHOOKS = ["a", "b", "c"];

let database: Database & Awaited<ReturnType<typeof makePostgres>>;
let receiver: Receiver;
let product: Product;

test.beforeEach(async () => {
  database = await makePostgres();
  receiver = await startReceiver();
  product = await startProduct({ dataDir: database.dataDir, env: database.env });
  const api = createApi({ url: product.url, token: ACCESS.apiToken });
  for (const name of WEBHOOKS) {
    created(await api.post("/outgoing-webhooks", ledgerWebhook({ receiver, name })));
  }
});
test.afterEach(async () => {
  await product?.kill();
  await receiver?.close();
  await database?.remove();
});

test(`Postgres away for ${AWAY_SECONDS} s under load: the intake and the API answer 503, pages an error that is logged, nothing accepted is lost, and it recovers by itself`, async () => {
  test.setTimeout(240_000 + AWAY_SECONDS * 1000);
  const api = createApi({ url: product.url, token: ACCESS.apiToken });
  const { cookie } = await signIn({ url: product.url });
  const load = startLoad({ url: () => product.url, pauseMs: 20 });
  await load.acceptedBatches(20);
  const from = Date.now();
  await database.postgres.halt();
  await load.answered(503);
  const refused = await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events: makeEvent() });
  expect(refused).toMatchObject({ status: 503, body: { error: expect.stringMatching(/send them again/) } });
  expect(refused.headers.get("retry-after")).toBe("5");
  expect(await api.post("/events", makeEvent())).toMatchObject({ status: 503 });
  const unavailable = { status: 503, body: { title: "Temporarily unavailable" } };
  expect(await api.get("/outgoing-webhooks")).toMatchObject(unavailable);
  expect(await api.get("/outgoing-webhook-logs")).toMatchObject(unavailable);
  const { status, html } = await readPage({ url: product.url, cookie });
  expect(status).toBe(500);
  expect(html, "and tells nothing of the database").not.toMatch(/ECONNREFUSED|Failed query|127\.0\.0\.1/);
  expect(product.output(), "the log says why the page failed").toMatch(
    /"route":"[^"]*","msg":"a page failed"/,
  );
  expect((await fetch(`${product.url}/api/health`)).status).toBe(200);
  expect((await fetch(`${product.url}/api/health/ready`)).status).toBe(503);
  const acceptedBefore = load.accepted.size;
  await sleep(Math.max(0, from + AWAY_SECONDS * 1000 - Date.now()));
  expect(load.accepted.size, "nothing is accepted while nothing can be kept").toBe(acceptedBefore);

  await database.postgres.resume();
  const back = Date.now();
  await load.acceptedBatches(20);
  const acceptsAgainMs = Date.now() - back;
  await load.stop();
  expect((await readPage({ url: product.url, cookie })).status).toBe(200);
  await expect
    .poll(() => missing({ accepted: load.accepted, receiver, names: WEBHOOKS }), { timeout: 60_000 })
    .toBe(0);
  await expectLogged({ url: product.url, accepted: load.accepted });
  expect([...load.answers.keys()].sort()).toEqual([200, 503]);
  const repeats = countRepeats({ receiver, names: WEBHOOKS, faults: [{ from, to: back + 5_000 }] });
  figure(
    `Postgres away ${AWAY_SECONDS} s: ${load.accepted.size} accepted, 0 lost, ${load.answers.get(503)} batches ` +
      `answered 503, ${repeats} requests repeated; 20 batches accepted ${acceptsAgainMs} ms after its return`,
  );
});

async function readPage({ url, cookie }: { url: string; cookie: string }) {
  const page = await fetch(`${url}/webhooks`, { headers: { cookie } });
  return { status: page.status, html: await page.text() };
}
