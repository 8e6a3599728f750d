import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi } from "./support/api";
import { DATABASES, makeDatabase } from "./support/database";
import { figure, IS_SOAK } from "./support/figures";
import { freePort } from "./support/free-port";
import { countRepeats, expectLogged, type Fault, ledgerWebhook, missing } from "./support/ledger";
import { startLoad } from "./support/load";
import { ACCESS, startProduct } from "./support/product";
import { created } from "./support/test";

const ROUNDS = Number(process.env.CRASH_ROUNDS ?? (IS_SOAK ? 20 : 3));
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 1e9));
const STEADY = ["a", "b"];
const WEBHOOKS = [...STEADY, "flaky"];

for (const name of DATABASES) {
  test(`${name}: kill -9 under load, ${ROUNDS} times: every accepted event reaches every webhook, and only what was in flight comes twice, under the same webhook-id`, async () => {
    test.setTimeout(240_000 + ROUNDS * 15_000);
    const random = seeded(SEED);
    const database = await makeDatabase(name);
    const receiver = await startReceiver();
    receiver.always(failEveryThirdOf("/flaky", receiver));
    const start = { dataDir: database.dataDir, port: await freePort(), env: database.env };
    let product = await startProduct(start);
    const accepted = new Set<string>();
    const kills: Fault[] = [];
    try {
      const api = createApi({ url: product.url, token: ACCESS.apiToken });
      for (const webhook of WEBHOOKS) {
        created(await api.post("/outgoing-webhooks", ledgerWebhook({ receiver, name: webhook })));
      }
      for (let round = 1; round <= ROUNDS; round += 1) {
        const load = startLoad({ url: () => product.url, accepted });
        await load.acceptedBatches(1 + Math.floor(random() * 10));
        await sleep(random() * 200);
        const from = Date.now();
        await product.kill();
        // What the dead process had put on the wire is read a moment later.
        kills.push({ from, to: Date.now() + 500 });
        await load.stop();
        product = await startProduct(start);
      }
      await expect.poll(() => missing({ accepted, receiver, names: WEBHOOKS }), { timeout: 60_000 }).toBe(0);
      await expectLogged({ url: product.url, accepted });
      const repeats = countRepeats({ receiver, names: STEADY, faults: kills });
      figure(
        `${name}, kill -9 × ${ROUNDS}: ${accepted.size} accepted, 0 lost, ${repeats} of ` +
          `${accepted.size * STEADY.length} requests repeated (CRASH_SEED=${SEED})`,
      );
    } finally {
      await product.kill();
      await receiver.close();
      await database.remove();
    }
  });
}

// So that kills also hit the pauses between attempts.
function failEveryThirdOf(path: string, receiver: Receiver): Parameters<Receiver["always"]>[0] {
  return (response, request) => {
    const isRefused = request.path === path && receiver.requests.length % 3 === 0;
    // Not 503, for which the whole webhook slows down.
    answer(isRefused ? 500 : 200)(response, request);
  };
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
