import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import path from "node:path";
import { startSmtpServer } from "@/lib/alerts/testing/smtp-server";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi, sendEvents } from "./support/api";
import { makeDataDir } from "./support/database";
import { freePort } from "./support/free-port";
import { makeEvent } from "./support/orders";
import { ACCESS, type Product, spawnProduct, startProduct } from "./support/product";
import { created, expect, type Json, test } from "./support/test";

const ROOT = path.join(import.meta.dirname, "..");
let dataDir: string;
let port: number;
let product: Product | null;

test.beforeEach(async () => {
  // Each test starts the product several times.
  test.setTimeout(300_000);
  dataDir = await makeDataDir();
  port = await freePort();
  product = null;
});
test.afterEach(async () => {
  await product?.kill();
  await rm(dataDir, { recursive: true, force: true });
});

/** Stops the product, if it runs, and starts it on the same folder with these settings. */
async function restart(env: Record<string, string>): Promise<Product> {
  await product?.stop();
  product = await startProduct({ dataDir, port, env });
  return product;
}

function api() {
  return createApi({ url: product?.url ?? "", token: ACCESS.apiToken });
}

async function sendOne(receiver: Receiver) {
  const sent = await sendEvents({ url: product?.url ?? "", eventKey: ACCESS.eventKey, events: makeEvent() });
  expect(sent.status).toBe(200);
  return receiver.waitFor(receiver.requests.length + 1);
}

test("a webhook that was switched off is told of by mail and Telegram", async ({ receiver }) => {
  const [smtp, bot] = await Promise.all([startSmtpServer(), startReceiver()]);
  bot.always(answer(200, { body: { ok: true } }));
  try {
    await restart({});
    const webhook = created(
      await api().post("/outgoing-webhooks", { name: "Senler VK", webhook_url: `${receiver.url}/senler` }),
    );
    receiver.always(answer(410));
    await sendOne(receiver);
    const isActive = async () =>
      ((await api().get(`/outgoing-webhooks/${webhook.id}`)).body as Json).is_active;
    await expect.poll(isActive).toBe(false);

    const alerts = {
      APP_URL: "https://hooks.example",
      SMTP_URL: smtp.url,
      ALERT_EMAIL_FROM: "hooks@example.com",
      ALERT_EMAIL_TO: "anna@example.com",
      TELEGRAM_BOT_TOKEN: "123:token",
      TELEGRAM_CHAT_ID: "42",
      TELEGRAM_API_URL: bot.url,
    };
    await restart(alerts);
    const [message] = await bot.waitFor(1);
    const { text } = JSON.parse(message?.body ?? "{}") as { text: string };
    expect(text).toContain("⛔ Вебхук «Senler VK» выключен.");
    expect(text).toContain("https://hooks.example/webhooks");
    await expect.poll(() => smtp.mails.length).toBe(1);
    expect(product?.output()).not.toContain("123:token");
  } finally {
    await Promise.all([smtp.close(), bot.close()]);
  }
});

test("metrics answer to their token only, and count what was sent", async ({ receiver }) => {
  const { url } = await restart({ METRICS_TOKEN: "scrape-me" });
  created(await api().post("/outgoing-webhooks", { name: "CRM", webhook_url: `${receiver.url}/crm` }));
  await sendOne(receiver);
  const scrape = (token: string) =>
    fetch(`${url}/api/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect((await scrape("guess")).status).toBe(401);
  const line = 'iiko_webhooks_attempts_total{webhook_id="1",webhook="CRM",outcome="success"} 1';
  await expect.poll(async () => (await scrape("scrape-me")).text()).toContain(line);
  const text = await (await scrape("scrape-me")).text();
  expect(text).toContain('iiko_webhooks_engine_active{engine="embedded"} 1');
  expect(text).toContain('iiko_webhooks_order_events_total{result="accepted"} 1');
  expect(text).toContain('iiko_webhooks_attempt_duration_seconds_count{webhook_id="1",webhook="CRM"} 1');

  await restart({});
  expect((await scrape("scrape-me")).status).toBe(404);
});

test("an encryption key is changed by two restarts and one command", async ({ receiver }) => {
  const [oldKey, newKey] = [Buffer.alloc(32, 1).toString("base64"), Buffer.alloc(32, 2).toString("base64")];
  await restart({ ENCRYPTION_KEY: oldKey });
  const fields = { auth_type: "bearer", auth_token: "senler-token", webhook_url: `${receiver.url}/senler` };
  created(await api().post("/outgoing-webhooks", { name: "Senler", ...fields }));

  await product?.stop();
  const closed = await spawnProduct({ dataDir, env: { ENCRYPTION_KEY: newKey } });
  expect(await closed.exited).toBe(1);
  expect(closed.output()).toMatch(/secrets of 1 of 1 webhooks cannot be read: \d+ \(«Senler»\)/);

  const { url } = await restart({ ENCRYPTION_KEY: `${newKey},${oldKey}` });
  expect(await reencrypt({ APP_URL: url, API_TOKEN: "not-a-token" })).toMatchObject({
    code: 1,
    printed: expect.stringContaining("401"),
  });
  const done = await reencrypt({ APP_URL: url, API_TOKEN: ACCESS.apiToken });
  expect(done).toMatchObject({ code: 0, printed: expect.stringContaining("1 of 1 webhooks") });

  await restart({ ENCRYPTION_KEY: newKey });
  const [request] = await sendOne(receiver);
  expect(request?.headers.authorization).toBe("Bearer senler-token");
});

async function reencrypt(env: Record<string, string>): Promise<{ code: number | null; printed: string }> {
  const command = ["run", "--silent", "secrets:reencrypt"];
  const child = spawn("npm", command, { cwd: ROOT, env: { ...process.env, ...env } });
  const printed: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, printed: printed.join("") };
}
