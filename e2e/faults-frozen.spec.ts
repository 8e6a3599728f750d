import path from "node:path";
import { expect, test } from "@playwright/test";
import { startReceiver } from "@/lib/outbound/testing/receiver";
import { startNeonProxy } from "@/scripts/test/neon-proxy";
import { createApi, sendEvents } from "./support/api";
import { makePostgres } from "./support/database";
import { figure, IS_SOAK } from "./support/figures";
import { startFreezingProxy } from "./support/freezing-proxy";
import { expectLogged, ledgerWebhook, missing } from "./support/ledger";
import { makeEvent } from "./support/orders";
import { ACCESS, startProduct } from "./support/product";
import { created } from "./support/test";

const PRELOAD = path.join(import.meta.dirname, "../db/testing/reach-neon-proxy.mjs");
const METRICS_TOKEN = "e2e-metrics-token";
const ANSWER_WITHIN_MS = 10_000;

// Mostly waiting.
test.describe.configure({ mode: "parallel" });

const DRIVERS = ["Postgres", "Neon"] as const;

for (const driver of IS_SOAK ? DRIVERS : DRIVERS.slice(0, 1)) {
  test(`${driver}: a database that falls silent: the intake answers 503 within 10 s, health and metrics say so, and all goes on by itself when it answers again`, async () => {
    const database = await makePostgres();
    const receiver = await startReceiver();
    const url = new URL(database.env.DATABASE_URL ?? "");
    const neon = driver === "Neon" ? await startNeonProxy(url.href) : null;
    const proxy = await startFreezingProxy(Number(neon ? neon.address.split(":")[1] : url.port));
    // The host alone chooses the driver; where it leads is the proxy's affair.
    if (neon) url.hostname = "test.neon.tech";
    else url.port = String(proxy.port);
    const neonEnv = neon && {
      TEST_NEON_PROXY: `127.0.0.1:${proxy.port}`,
      NODE_OPTIONS: `--import ${PRELOAD}`,
    };
    const product = await startProduct({
      dataDir: database.dataDir,
      env: { ...database.env, ...neonEnv, DATABASE_URL: url.href, METRICS_TOKEN },
    });
    try {
      const api = createApi({ url: product.url, token: ACCESS.apiToken });
      created(await api.post("/outgoing-webhooks", ledgerWebhook({ receiver, name: "a" })));
      const accepted = new Set<string>();
      const send = async () => {
        const events = makeEvent();
        const answer = await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events });
        if (answer.status === 200) accepted.add(String(events.data.order.external_order_id));
        return answer.status;
      };
      // Several at once, so that several connections are open.
      const reads = () => Promise.all(Array.from({ length: 6 }, () => api.get("/outgoing-webhook-logs")));
      expect(await send()).toBe(200);
      await reads();
      proxy.freeze();
      const reading = reads().catch(() => []);
      const tookMs: number[] = [];
      for (let turn = 0; turn < 2; turn += 1) {
        const startedAt = performance.now();
        const status = await Promise.race([send(), tooLate()]);
        expect(status, `answer ${turn} while the database is silent`).toBe(503);
        tookMs.push(Math.round(performance.now() - startedAt));
      }
      expect(await Promise.race([statusOf(`${product.url}/api/health/ready`), tooLate()])).toBe(503);
      expect(await Promise.race([databaseUp(product.url), tooLate()])).toBe("0");
      expect((await reading).map((answer) => answer.status)).toEqual(Array(6).fill(503));
      proxy.thaw();
      const backAt = performance.now();
      await expect.poll(send, { timeout: 60_000 }).toBe(200);
      const backAfterMs = Math.round(performance.now() - backAt);
      expect(await statusOf(`${product.url}/api/health/ready`)).toBe(200);
      expect(await databaseUp(product.url)).toBe("1");
      await expect.poll(() => missing({ accepted, receiver, names: ["a"] }), { timeout: 60_000 }).toBe(0);
      await expectLogged({ url: product.url, accepted });
      figure(
        `${driver} silent: 503 after ${tookMs.join(", ")} ms; taken in again ${backAfterMs} ms after its return`,
      );
    } finally {
      await product.kill();
      neon?.stop();
      proxy.stop();
      await receiver.close();
      await database.remove();
    }
  });
}

function tooLate(): Promise<string> {
  return new Promise((resolve) =>
    setTimeout(resolve, ANSWER_WITHIN_MS, `no answer in ${ANSWER_WITHIN_MS} ms`).unref(),
  );
}

async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status;
}

async function databaseUp(url: string): Promise<string | undefined> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const text = await (await fetch(`${url}/api/metrics`, { headers })).text();
  return /^iiko_webhooks_database_up (\d)$/m.exec(text)?.[1];
}
