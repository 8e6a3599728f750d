import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { hang } from "@/lib/outbound/testing/behaviours";
import { startPgBouncer } from "@/scripts/test/pgbouncer";
import { createApi, sendEvents } from "./support/api";
import { makePostgres, skipped } from "./support/database";
import { makeEvent } from "./support/orders";
import { ACCESS, spawnProduct, startProduct } from "./support/product";
import { created, expect, test } from "./support/test";

let dataDir: string;
test.beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-start-"));
});
test.afterEach(() => rm(dataDir, { recursive: true, force: true }));

const SERVER_SECRETS = {
  NEXTAUTH_SECRET: "test-session-secret",
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
};

const BAD_STARTS: [string, Record<string, string>, RegExp][] = [
  ["a port that is none", { PORT: "80a" }, /PORT/],
  [
    "settings that are not valid",
    { LOG_RETENTION_DAYS: "0", OUTBOUND_ALLOW: "10.0.0.0/99" },
    /LOG_RETENTION_DAYS/,
  ],
  ["an event key that a path cannot carry", { EVENT_KEY: "a/b" }, /EVENT_KEY: goes into the path/],
  [
    "an address whose path would be dropped",
    { APP_URL: "https://hooks.example/panel" },
    /APP_URL: only the scheme/,
  ],
  [
    "a mail password that spoils its URL",
    { SMTP_URL: "smtp://u:p#w@mail.example" },
    /SMTP_URL: expected .*%23/,
  ],
  ["half of Telegram's settings", { TELEGRAM_CHAT_ID: "1" }, /TELEGRAM_BOT_TOKEN: is needed/],
  ["a key that is too short", { ENCRYPTION_KEY: "short" }, /ENCRYPTION_KEY: must be 32 bytes/],
  ["a value in quotes", { EVENT_KEY: '"key"' }, /leave out the quotes around EVENT_KEY/],
  ["Postgres without secrets", { DATABASE_URL: "postgres://127.0.0.1:1/x" }, /ENCRYPTION_KEY/],
  [
    "a database that is away",
    { DATABASE_URL: "postgres://127.0.0.1:1/x", ...SERVER_SECRETS },
    /Nothing answers as Postgres at 127\.0\.0\.1:1, which DATABASE_URL names/,
  ],
  [
    "a host that nobody knows",
    { DATABASE_URL: "postgres://u:p@db.invalid/x", ...SERVER_SECRETS },
    /DATABASE_URL names the host "db\.invalid", which no name server knows/,
  ],
  [
    "another database's URL",
    { DATABASE_URL: "mysql://u:p@127.0.0.1/x", ...SERVER_SECRETS },
    /DATABASE_URL begins with "mysql:"/,
  ],
  ["a level of the log that is none", { LOG_LEVEL: "loud" }, /LOG_LEVEL: expected one of fatal, error/],
  [
    "a password that spoils the URL",
    { DATABASE_URL: "postgres://u:pa#ss@127.0.0.1/x", ...SERVER_SECRETS },
    /DATABASE_URL cannot be read: .* # as %23/,
  ],
];

for (const [what, env, message] of BAD_STARTS) {
  test(`a start with ${what} ends with one readable message`, async () => {
    const product = await spawnProduct({ dataDir, env });
    expect(await product.exited).toBe(1);
    expect(product.output()).toMatch(message);
    expect(product.output()).not.toMatch(/\n\s+at |is ready/);
  });
}

test("a start on a server that has no such database ends with a sentence", async () => {
  const database = await makePostgres();
  const env = { ...database.env, DATABASE_URL: `${database.env.DATABASE_URL}x` };
  const product = await spawnProduct({ dataDir, env });
  expect(await product.exited).toBe(1);
  expect(product.output()).toMatch(/has no database "postgresx".*createdb postgresx/);
  await database.remove();
});

test("through a pooler in transaction mode the embedded engine does not start, and Inngest's does", async () => {
  const database = await makePostgres();
  const pooler = await startPgBouncer(database.env.DATABASE_URL ?? "");
  try {
    if (!pooler) throw skipped("PgBouncer is not installed here: apt-get install pgbouncer");
    const env = { ...database.env, DATABASE_URL: pooler.url };
    const refused = await spawnProduct({ dataDir, env });
    expect(await refused.exited).toBe(1);
    expect(refused.output()).toMatch(/DATABASE_URL leads through a pooler in transaction mode/);
    const product = await startProduct({ dataDir, env: { ...env, INNGEST_DEV: "http://127.0.0.1:1" } });
    const api = createApi({ url: product.url, token: ACCESS.apiToken });
    const calls = Array.from({ length: 40 }, async (_, n) => {
      const fields = { name: `CRM ${n}`, webhook_url: "http://127.0.0.1:1/" };
      const made = created(await api.post("/outgoing-webhooks", fields));
      return (await api.get(`/outgoing-webhooks/${made.id}`)).status;
    });
    expect(new Set(await Promise.all(calls))).toEqual(new Set([200]));
    expect(await product.stop()).toBe(0);
  } finally {
    await pooler?.stop();
    await database.remove();
  }
});

test("a second start on the same port says so", async ({ product }) => {
  const second = await spawnProduct({ dataDir, port: Number(new URL(product.url).port) });
  expect(await second.exited).toBe(1);
  expect(second.output()).toMatch(/Port \d+ is in use/);
});

test("HOST=:: listens on every address and prints one that can be clicked", async () => {
  const product = await startProduct({ dataDir, env: { HOST: "::" } });
  const [, printed = ""] = /ready at (\S+)/.exec(product.output()) ?? [];
  expect(printed).toMatch(/^http:\/\/localhost:\d+$/);
  expect((await fetch(`${printed}/api/health`)).status).toBe(200);
  expect(await product.stop()).toBe(0);
});

test("a graceful stop ends the process, logs what ran, and the next start goes on", async ({ receiver }) => {
  const first = await startProduct({ dataDir });
  const api = createApi({ url: first.url, token: ACCESS.apiToken });
  receiver.script(hang());
  await api.post("/outgoing-webhooks", {
    name: "Hangs once",
    webhook_url: `${receiver.url}/hook`,
    timeout_seconds: 5,
    retry_delay_seconds: 1,
  });
  await sendEvents({ url: first.url, eventKey: ACCESS.eventKey, events: makeEvent() });
  await receiver.waitFor(1);
  expect(await first.stop()).toBe(0);
  const second = await startProduct({ dataDir });
  await receiver.waitFor(2);
  expect(await second.stop()).toBe(0);
});
