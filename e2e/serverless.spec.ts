import path from "node:path";
import { expect, test } from "@playwright/test";
import { answer } from "@/lib/outbound/testing/behaviours";
import { startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi, sendEvents } from "./support/api";
import { makeDatabase } from "./support/database";
import { makeEvent } from "./support/orders";
import { ACCESS, startProduct } from "./support/product";
import { created } from "./support/test";

const PRELOAD = path.join(import.meta.dirname, "support/serverless.mjs");
// Written so, the path is Next's, which answers all of them where a function serves the product.
const EVENT_KEY = ACCESS.eventKey.replaceAll("-", "%2D");

test("on a function that stands still after its answer, an event is handed to Inngest before that", async () => {
  const database = await makeDatabase("PGlite");
  const inngest = await startReceiver({
    behaviour: answer(200, { body: { ids: [], status: 200 }, delayMs: 300 }),
  });
  const env = { ...database.env, VERCEL: "1", INNGEST_DEV: inngest.url, NODE_OPTIONS: `--import ${PRELOAD}` };
  const product = await startProduct({ dataDir: database.dataDir, env });
  try {
    const api = createApi({ url: product.url, token: ACCESS.apiToken });
    created(await api.post("/outgoing-webhooks", { name: "CRM", webhook_url: "https://crm.example" }));
    const sent = await sendEvents({ url: product.url, eventKey: EVENT_KEY, events: makeEvent() });
    expect(sent.status).toBe(200);
    await expect.poll(product.output).toContain("the function stands still");
    expect(inngest.requests.map(({ body }) => body)).toEqual([expect.stringContaining("delivery_id")]);
  } finally {
    await product.kill();
    await inngest.close();
    await database.remove();
  }
});
