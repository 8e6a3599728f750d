import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FreezingProxy, startFreezingProxy } from "@/e2e/support/freezing-proxy";
import { type NeonProxy, startNeonProxy } from "@/scripts/test/neon-proxy";
import { HAS_PGBOUNCER, type PgBouncer, startPgBouncer } from "@/scripts/test/pgbouncer";
import { closeDatabase, db, openDatabase, prepared, rows, unhurriedDb } from "./client";
import { isDatabaseAway } from "./faults";

const serverUrl = process.env.TEST_DATABASE_URL;
// Over Neon's driver the way leads through a WebSocket, and the faults are on that one's way.
const neonProxy = process.env.TEST_NEON_PROXY;

const select = (n: number) =>
  prepared<{ n: number }>({ name: "one", text: "select $1::int as n", values: [n] });

if (serverUrl && !HAS_PGBOUNCER)
  console.warn("NOT TESTED: PgBouncer is not installed, so no pooler was tried.");

function open(target: string) {
  const url = new URL(target);
  // The host alone chooses the driver; where it leads is the proxy's affair.
  if (neonProxy) url.hostname = "test.neon.tech";
  return openDatabase({ databaseUrl: url.href, dataDir: "unused", poolSize: 5 });
}

describe.skipIf(!serverUrl)("a server that falls silent", () => {
  let proxy: FreezingProxy;
  beforeAll(async () => {
    const url = new URL(serverUrl ?? "");
    proxy = await startFreezingProxy(Number(neonProxy?.split(":")[1] ?? url.port));
    if (neonProxy) process.env.TEST_NEON_PROXY = `127.0.0.1:${proxy.port}`;
    else url.port = String(proxy.port);
    await open(url.href);
  });
  afterAll(async () => {
    proxy.stop();
    await closeDatabase();
    if (neonProxy) process.env.TEST_NEON_PROXY = neonProxy;
  });

  test("a statement that nobody answers ends as one whose database is away, and the next goes over a new connection", async () => {
    // Several at once leave several connections behind.
    await Promise.all([1, 2, 3, 4, 5].map((n) => rows(sql`select ${n}::int, pg_sleep(0.1)`)));
    proxy.freeze();
    const transaction = () => db().transaction((tx) => rows(sql`select 1`, tx));
    const failing = [select(1), rows(sql`select 1`), transaction(), transaction(), transaction()];
    const faults = await Promise.all(
      failing.map((one) =>
        one.then(
          () => null,
          (error) => error,
        ),
      ),
    );
    expect(faults.map(isDatabaseAway)).toEqual(failing.map(() => true));
    proxy.thaw();
    expect(await Promise.all([2, 3, 4, 5, 6].map(select))).toEqual([2, 3, 4, 5, 6].map((n) => [{ n }]));
    expect(await db().transaction((tx) => rows(sql`select 7 as n`, tx))).toEqual([{ n: 7 }]);
  }, 30_000);

  test("a chore and a transaction may take longer than a page", async () => {
    await expect(rows(sql`select pg_sleep(9)`)).rejects.toSatisfy(isDatabaseAway);
    const slow = sql`select pg_sleep(9), 1 as n`;
    const long = [rows(slow, unhurriedDb()), db().transaction((tx) => rows(slow, tx))];
    expect(await Promise.all(long)).toMatchObject([[{ n: 1 }], [{ n: 1 }]]);
  }, 30_000);
});

describe.skipIf(!serverUrl)("a pooler in transaction mode", () => {
  let pooler: PgBouncer | null = null;
  let neon: NeonProxy | null = null;
  beforeAll(async () => {
    pooler = await startPgBouncer(serverUrl ?? "");
    if (pooler && neonProxy) neon = await startNeonProxy(pooler.url);
  });
  afterAll(async () => {
    await closeDatabase();
    neon?.stop();
    await pooler?.stop();
  });

  test("a direct connection is told from one", async () => {
    const { hasTransactionPooler } = await open(serverUrl ?? "");
    expect(hasTransactionPooler).toBe(false);
    await closeDatabase();
  });

  test.skipIf(!HAS_PGBOUNCER)(
    "it is found, and statements and transactions by the hundred work through it",
    async () => {
      if (neon) process.env.TEST_NEON_PROXY = neon.address;
      const { hasTransactionPooler } = await open(pooler?.url ?? "");
      expect(hasTransactionPooler).toBe(true);
      const work = Array.from({ length: 200 }, async (_, n) => {
        const inTransaction = db().transaction(async (tx) => {
          await tx.execute(sql`select pg_advisory_xact_lock(1)`);
          return rows<{ n: number }>(sql`select ${n}::int as n`, tx);
        });
        return [await select(n), await inTransaction];
      });
      const answers = await Promise.all(work);
      expect(answers).toEqual(answers.map((_, n) => [[{ n }], [{ n }]]));
      expect(await rows(sql`select current_setting('enable_seqscan') as on`)).toEqual([{ on: "on" }]);
    },
  );
});
