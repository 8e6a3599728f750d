import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi, sendEvents } from "./support/api";
import { makeDatabase } from "./support/database";
import { figure } from "./support/figures";
import { freePort } from "./support/free-port";
import { INNGEST_BINARY, INNGEST_KEYS, startInngest } from "./support/inngest-server";
import { makeEvent } from "./support/orders";
import { ACCESS, startProduct } from "./support/product";
import { created } from "./support/test";

const WITHIN_MS = 150_000;

test("the product registers itself, is ready only then, and registers again with an Inngest that has forgotten it", async () => {
  test.skip(!INNGEST_BINARY, "INNGEST_TEST_BINARY names no program");
  test.setTimeout(2 * WITHIN_MS + 60_000);
  const [database, port, inngestPort] = [await makeDatabase("PGlite"), await freePort(), await freePort()];
  const [first, second] = await Promise.all([newFolder(), newFolder()]);
  const receiver = await startReceiver();
  const productUrl = `http://127.0.0.1:${port}`;
  const product = await startProduct({
    dataDir: database.dataDir,
    port,
    env: {
      ...database.env,
      ...INNGEST_KEYS,
      INNGEST_BASE_URL: `http://127.0.0.1:${inngestPort}`,
      INNGEST_SERVE_ORIGIN: productUrl,
    },
  });
  const readiness = async () => {
    const answer = await fetch(`${product.url}/api/health/ready`);
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };
  const start = (folder: string) => startInngest({ kind: "start", folder, port: inngestPort });
  const deliverOne = async (count: number) => {
    const event = makeEvent();
    await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events: event });
    const sentAt = Date.now();
    await expect.poll(() => receiver.requests.length, { timeout: WITHIN_MS }).toBe(count);
    return Date.now() - sentAt;
  };
  let inngest: Awaited<ReturnType<typeof start>> | null = null;
  try {
    const api = createApi({ url: product.url, token: ACCESS.apiToken });
    created(await api.post("/outgoing-webhooks", { name: "Test", webhook_url: `${receiver.url}/hook` }));
    await expect
      .poll(readiness, { timeout: 60_000 })
      .toMatchObject({ status: 503, body: { inngest: expect.stringContaining("INNGEST_BASE_URL") } });

    inngest = await start(first);
    await expect
      .poll(readiness, { timeout: 60_000 })
      .toMatchObject({ status: 200, body: { status: "ready" } });
    const usualMs = await deliverOne(1);

    await inngest.kill();
    inngest = await start(second);
    const afterLossMs = await deliverOne(2);
    expect((await readiness()).status).toBe(200);
    figure(
      `registered by itself: a delivery after ${usualMs} ms; after a restart of Inngest with an empty store ` +
        `${Math.round(afterLossMs / 1_000)} s`,
    );
  } finally {
    await product.kill();
    await inngest?.kill();
    await receiver.close();
    await database.remove();
    await Promise.all([first, second].map((folder) => rm(folder, { recursive: true, force: true })));
  }
});

function newFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), "iiko-webhooks-inngest-"));
}
