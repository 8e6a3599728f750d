import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { answer } from "@/lib/outbound/testing/behaviours";
import { startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi } from "./support/api";
import { makeDatabase } from "./support/database";
import { register } from "./support/engine";
import { figure, IS_SOAK } from "./support/figures";
import { freePort } from "./support/free-port";
import { INNGEST_BINARY, INNGEST_KEYS, startInngest } from "./support/inngest-server";
import { ledgerWebhook, missing } from "./support/ledger";
import { startLoad } from "./support/load";
import { ACCESS, startProduct } from "./support/product";
import { created } from "./support/test";

// Some 200 events a round.
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? (IS_SOAK ? 6 : 2));
const NAMES = ["a", "b"];

for (const kind of ["dev", "start"] as const) {
  test(`inngest ${kind}: kill -9 of the product and of Inngest under load loses no accepted event`, async () => {
    test.skip(!INNGEST_BINARY, "INNGEST_TEST_BINARY names no program");
    test.setTimeout(1_500_000);
    const [database, port] = [await makeDatabase("Postgres"), await freePort()];
    const folder = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-inngest-"));
    const receiver = await startReceiver({ behaviour: answer(200, { delayMs: 20 }) });
    const productUrl = `http://127.0.0.1:${port}`;
    const inngest = await startInngest(kind === "dev" ? { kind, folder, productUrl } : { kind, folder });
    const settings: Record<string, string> =
      kind === "dev"
        ? { INNGEST_DEV: inngest.url }
        : { ...INNGEST_KEYS, INNGEST_BASE_URL: inngest.url, INNGEST_SERVE_ORIGIN: productUrl };
    const start = async () => {
      const started = await startProduct({
        dataDir: database.dataDir,
        port,
        env: { ...database.env, ...settings },
      });
      if (kind === "dev") await register(started);
      return started;
    };
    let product = await start();
    const accepted = new Set<string>();
    try {
      const api = createApi({ url: product.url, token: ACCESS.apiToken });
      for (const name of NAMES)
        created(await api.post("/outgoing-webhooks", ledgerWebhook({ receiver, name })));
      const load = () =>
        startLoad({ url: () => product.url, accepted, batchSize: 5, senders: 1, pauseMs: 80 });
      const underLoad = async (crash: () => Promise<void>) => {
        const running = load();
        await running.acceptedBatches(15);
        await crash();
        await running.acceptedBatches(5);
        await running.stop();
      };
      for (let round = 1; round <= ROUNDS; round += 1) {
        await underLoad(async () => {
          await product.kill();
          product = await start();
        });
        await underLoad(async () => {
          await inngest.restart();
          if (kind === "dev") await register(product);
        });
      }
      const endedAt = Date.now();
      const books = { accepted, receiver, names: NAMES };
      await expect.poll(() => missing(books), { timeout: 1_200_000, intervals: [1_000] }).toBe(0);
      const ids = new Set(receiver.requests.map(({ headers }) => headers["webhook-id"]));
      expect(ids.size).toBe(accepted.size * NAMES.length);
      figure(
        `inngest ${kind}, kill -9 of each × ${ROUNDS}: ${accepted.size} accepted, 0 lost, the last ` +
          `${Math.round((Date.now() - endedAt) / 1_000)} s after the load, ` +
          `${receiver.requests.length - ids.size} of ${ids.size} requests repeated`,
      );
    } finally {
      await product.kill();
      await inngest.kill();
      await receiver.close();
      await database.remove();
      await rm(folder, { recursive: true, force: true });
    }
  });
}
