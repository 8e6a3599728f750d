import path from "node:path";
import { expect, test } from "@playwright/test";
import { answer } from "@/lib/outbound/testing/behaviours";
import { startReceiver } from "@/lib/outbound/testing/receiver";
import { startNeonProxy } from "@/scripts/test/neon-proxy";
import { createApi, sendEvents } from "./support/api";
import { makePostgres } from "./support/database";
import { makeEvent } from "./support/orders";
import { ACCESS, startProduct } from "./support/product";
import { created, type Json } from "./support/test";

const PRELOAD = path.join(import.meta.dirname, "../db/testing/reach-neon-proxy.mjs");

test("Neon: the production build takes events in over its driver, delivers, retries and goes on after kill -9", async () => {
  const database = await makePostgres();
  const proxy = await startNeonProxy(database.env.DATABASE_URL ?? "");
  const receiver = await startReceiver();
  const url = new URL(database.env.DATABASE_URL ?? "");
  // The host alone chooses the driver; where it leads is the proxy's affair.
  url.hostname = "test.neon.tech";
  const env = {
    ...database.env,
    DATABASE_URL: url.href,
    TEST_NEON_PROXY: proxy.address,
    NODE_OPTIONS: `--import ${PRELOAD}`,
    LOG_LEVEL: "info",
  };
  let product = await startProduct({ dataDir: database.dataDir, env });
  try {
    expect(product.output()).toMatch(/"database":"neon"/);
    const api = () => createApi({ url: product.url, token: ACCESS.apiToken });
    const fields = { name: "CRM", webhook_url: `${receiver.url}/crm`, retry_delay_seconds: 2 };
    const webhook = created(await api().post("/outgoing-webhooks", fields));
    receiver.script(answer(503));
    const events = Array.from({ length: 20 }, () => makeEvent());
    expect((await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events })).status).toBe(200);
    await receiver.waitFor(20);
    // One of them waits for its second attempt.
    await product.kill();
    product = await startProduct({ dataDir: database.dataDir, env });
    const delivered = async () => {
      const { body } = await api().get(`/outgoing-webhooks/${webhook.id}/logs?limit=500`);
      const succeeded = (body as Json[]).filter(({ success }) => success);
      return new Set(succeeded.map(({ event_id }) => event_id)).size;
    };
    await expect.poll(delivered, { timeout: 60_000 }).toBe(20);
  } finally {
    await product.kill();
    await receiver.close();
    proxy.stop();
    await database.remove();
  }
});
