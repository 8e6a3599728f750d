import { expect, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import { closeDatabase, openDatabase, rows } from "@/db/client";
import { createApi } from "./support/api";
import { makePostgres } from "./support/database";
import { figure, watchMemory } from "./support/figures";
import { ACCESS, startProduct } from "./support/product";
import { signIn } from "./support/session";
import { created } from "./support/test";

const ATTEMPTS = 50_000;
const MIB = 1024 * 1024;

test("a CSV of 50,000 attempts is whole and takes no memory; one whose database goes away says so and fails", async () => {
  test.setTimeout(180_000);
  const database = await makePostgres();
  const product = await startProduct({ dataDir: database.dataDir, env: database.env });
  try {
    const api = createApi({ url: product.url, token: ACCESS.apiToken });
    const webhook = created(
      await api.post("/outgoing-webhooks", { name: "CRM", webhook_url: "http://127.0.0.1:9/" }),
    );
    await fillLog({ databaseUrl: database.postgres.url, dataDir: database.dataDir, webhookId: webhook.id });
    const { cookie } = await signIn({
      url: product.url,
      email: ACCESS.adminEmail,
      password: ACCESS.adminPassword,
    });
    const download = () => fetch(`${product.url}/logs/csv?status=failed`, { headers: { cookie } });

    const first = await (await download()).text();
    expect(first.trimEnd().split("\r\n")).toHaveLength(ATTEMPTS + 1);
    const memory = watchMemory(product.pid);
    const before = memory.stop() ?? 0;
    const watched = watchMemory(product.pid);
    const [second, third] = await Promise.all([download(), download()]);
    expect(await second.text()).toBe(first);
    expect(await third.text()).toBe(first);
    const peak = watched.stop() ?? 0;
    // Two of the files at once would be twice this.
    const size = first.length / MIB;
    figure(
      `CSV of ${ATTEMPTS} attempts: ${size.toFixed(0)} MB; memory ${before} MiB before, ${peak} MiB at the most`,
    );

    const broken = await download();
    const reader = broken.body?.getReader();
    const decoder = new TextDecoder();
    let text = decoder.decode((await reader?.read())?.value);
    await database.postgres.halt();
    const readAll = async () => {
      for (;;) {
        const part = await reader?.read();
        if (!part || part.done) return;
        text += decoder.decode(part.value, { stream: true });
      }
    };
    await expect(readAll(), "the download fails").rejects.toThrow();
    expect(text.trimEnd().split("\r\n").length).toBeLessThan(ATTEMPTS);
    expect(text).toMatch(/\r\nВЫГРУЗКА ОБОРВАЛАСЬ: [^\r\n]+\r\n$/);
  } finally {
    await product.kill();
    await database.remove();
  }
});

type Filling = { databaseUrl: string; dataDir: string; webhookId: number };

/** Failed attempts with messages of a kilobyte: more than the buffers on the way to a reader hold. */
async function fillLog({ databaseUrl, dataDir, webhookId }: Filling): Promise<void> {
  await openDatabase({ databaseUrl, dataDir });
  await rows(sql`
    insert into outgoing_webhook_logs (webhook_id, event_type, attempt_number, request_url, request_headers,
      response_status, duration_ms, success, error_code, error_message)
    select ${webhookId}::int, 'order.created', 1, 'https://crm.example/hook', '{}'::json, 500, 5, false, 'http_5xx',
           repeat('x', 1000)
    from generate_series(1, ${ATTEMPTS}::int)`);
  await rows(sql`analyze outgoing_webhook_logs`);
  await closeDatabase();
}
