import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { answer } from "@/lib/deliveries/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/deliveries/testing/receiver";
import { createApi, sendEvents } from "./support/api";
import { freePort } from "./support/free-port";
import { makeEvent } from "./support/orders";
import { ACCESS, type Product, startProduct } from "./support/product";
import { created } from "./support/test";

const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 10);
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 1e9));
const WEBHOOKS = ["a", "b", "flaky"];
const BATCH = 20;

test(`kill -9 under load, ${ROUNDS} times: every accepted event reaches every webhook`, async () => {
  test.setTimeout(60_000 + ROUNDS * 15_000);
  console.log(`CRASH_SEED=${SEED}`);
  const random = seeded(SEED);
  const dataDir = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-crash-"));
  const port = await freePort();
  const receiver = await startReceiver();
  receiver.always((response, request) => {
    // Every third request of one webhook fails, so that kills also hit the pauses between attempts.
    const isFlaky = request.path === "/flaky" && receiver.requests.length % 3 === 0;
    answer(isFlaky ? 503 : 200)(response, request);
  });
  let product = await startProduct({ dataDir, port });
  try {
    await createWebhooks({ product, receiver });
    const accepted = new Set<string>();
    for (let round = 1; round <= ROUNDS; round += 1) {
      const load = startLoad({ url: product.url, accepted });
      await load.acceptedBatches(1 + Math.floor(random() * 10));
      await sleep(random() * 200);
      await product.kill();
      await load.ended;
      product = await startProduct({ dataDir, port });
    }
    expect(accepted.size).toBeGreaterThanOrEqual(ROUNDS * BATCH);
    await expect.poll(() => missing({ accepted, receiver }), { timeout: 60_000 }).toBe(0);
    expectStableIds(receiver);
    await expectAttemptsLogged({ product, accepted });
  } finally {
    await product.kill();
    await receiver.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});

async function createWebhooks({ product, receiver }: { product: Product; receiver: Receiver }) {
  const api = createApi({ url: product.url, token: ACCESS.apiToken });
  for (const name of WEBHOOKS) {
    created(
      await api.post("/outgoing-webhooks", {
        name,
        webhook_url: `${receiver.url}/${name}`,
        payload_format: "custom",
        include_fields: ["external_id"],
        retry_count: 10,
        retry_delay_seconds: 1,
      }),
    );
  }
}

type Load = { acceptedBatches: (count: number) => Promise<void>; ended: Promise<void> };

/** Sends batches as fast as they are answered; only what was answered with 200 counts as accepted. */
function startLoad({ url, accepted }: { url: string; accepted: Set<string> }): Load {
  let batches = 0;
  const sendUntilItFails = async () => {
    for (;;) {
      const events = Array.from({ length: BATCH }, () => makeEvent());
      const sent = await sendEvents({ url, eventKey: ACCESS.eventKey, events }).catch(() => null);
      if (sent?.status !== 200) return;
      batches += 1;
      for (const event of events) accepted.add(String(event.data.order.external_order_id));
    }
  };
  return {
    acceptedBatches: (count) => expect.poll(() => batches, { intervals: [5] }).toBeGreaterThanOrEqual(count),
    ended: sendUntilItFails(),
  };
}

function missing({ accepted, receiver }: { accepted: Set<string>; receiver: Receiver }): number {
  const arrived = new Set(receiver.requests.map(({ path: at, body }) => `${at} ${externalId(body)}`));
  const wanted = [...accepted].flatMap((id) => WEBHOOKS.map((name) => `/${name} ${id}`));
  return wanted.filter((one) => !arrived.has(one)).length;
}

// At least once: a request may come twice, but then under the same webhook-id, so that a receiver can tell.
function expectStableIds(receiver: Receiver): void {
  const ids = new Map<string, unknown>();
  for (const { path: at, body, headers } of receiver.requests) {
    const key = `${at} ${externalId(body)}`;
    expect(ids.get(key) ?? headers["webhook-id"], key).toBe(headers["webhook-id"]);
    ids.set(key, headers["webhook-id"]);
  }
}

type Logged = { product: Product; accepted: Set<string> };

async function expectAttemptsLogged({ product, accepted }: Logged): Promise<void> {
  const api = createApi({ url: product.url, token: ACCESS.apiToken });
  const total = async () => {
    const webhooks = (await api.get("/outgoing-webhooks")).body as { total_success: number }[];
    return webhooks.map((webhook) => webhook.total_success);
  };
  await expect
    .poll(async () => Math.min(...(await total())), { timeout: 60_000 })
    .toBeGreaterThanOrEqual(accepted.size);
}

function externalId(body: string): string {
  return JSON.parse(body).order.external_id;
}

/** mulberry32: the same kills for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
