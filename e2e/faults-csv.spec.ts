import { expect, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import { closeDatabase, openDatabase, rows } from "@/db/client";
import { createApi } from "./support/api";
import { makePostgres } from "./support/database";
import { figure, residentMiB, watchMemory } from "./support/figures";
import { ACCESS, startProduct } from "./support/product";
import { signIn } from "./support/session";
import { created } from "./support/test";

const ATTEMPTS = 50_000;
const MIB = 1024 * 1024;

test("a CSV of 50,000 attempts is whole and takes no memory; one whose database goes away fails", async () => {
  test.setTimeout(300_000);
  const database = await makePostgres();
  const product = await startProduct({ dataDir: database.dataDir, env: database.env });
  try {
    const api = createApi({ url: product.url, token: ACCESS.apiToken });
    const webhook = created(
      await api.post("/outgoing-webhooks", { name: "CRM", webhook_url: "http://127.0.0.1:9/" }),
    );
    await fillLog({ databaseUrl: database.postgres.url, dataDir: database.dataDir, webhookId: webhook.id });
    const { cookie } = await signIn({ url: product.url });
    const download = () => fetch(`${product.url}/logs/csv?status=failed`, { headers: { cookie } });

    const first = await (await download()).text();
    expect(linesOf(first)).toBe(ATTEMPTS + 1);
    const before = residentMiB(product.pid) ?? 0;
    const watched = watchMemory(product.pid);
    const [second, third] = await Promise.all([download(), download()]);
    // Not compared by `expect`, which would print them.
    expect([await second.text(), await third.text()].map((text) => text === first)).toEqual([true, true]);
    const peak = watched.stop() ?? 0;
    const size = first.length / MIB;
    expect(peak - before, "MiB for two files at once").toBeLessThan(2 * size);
    figure(
      `CSV of ${ATTEMPTS} attempts: ${size.toFixed(0)} MB; memory ${before} MiB before, ${peak} MiB at the most`,
    );

    const broken = await download();
    const reader = broken.body?.getReader();
    let read = (await reader?.read())?.value?.length ?? 0;
    await database.postgres.halt();
    const readAll = async () => {
      for (;;) {
        const part = await reader?.read();
        if (!part || part.done) return;
        read += part.value.length;
      }
    };
    await expect(readAll(), "the download fails").rejects.toThrow();
    expect(read).toBeLessThan(first.length);
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
      response_status, duration_ms, success, error_code, fault)
    select ${webhookId}::int, 'order.created', 1, 'https://crm.example/hook', '{}'::json, 500, 5, false, 'http_5xx',
           json_build_object('code', 'other', 'text', repeat('x', 1000))
    from generate_series(1, ${ATTEMPTS}::int)`);
  await rows(sql`analyze outgoing_webhook_logs`);
  await closeDatabase();
}

function linesOf(csv: string): number {
  return csv.trimEnd().split("\r\n").length;
}
