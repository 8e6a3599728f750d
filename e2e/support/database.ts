import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "@playwright/test";
import { copyMigratedTemplate } from "@/db/testing/migrated-template";
import { startPostgres, type TestPostgres } from "@/scripts/test/postgres";

export const DATABASES = ["PGlite", "Postgres"] as const;
export type DatabaseName = (typeof DATABASES)[number];

export type Database = {
  dataDir: string;
  /** What the product's environment must say to use it. */
  env: Record<string, string>;
  remove: () => Promise<void>;
};

/** Secrets of an installation on Postgres, where the product makes none itself. */
export const SECRETS = {
  NEXTAUTH_SECRET: "e2e-session-secret-0123456789abcdef",
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
};

// It must keep what it has committed through a crash of its own, as a server in production does.
const DURABLE = "-c max_connections=100 -c wal_init_zero=off";

/** A data folder of its own in `parent`, as a first start leaves it on the embedded database. */
export async function makeDataDir(parent = tmpdir()): Promise<string> {
  const dataDir = await mkdtemp(path.join(parent, "iiko-webhooks-e2e-"));
  await copyMigratedTemplate(dataDir);
  return dataDir;
}

/** An empty database of either kind, its files in `parent`, for a product of its own. */
export async function makeDatabase(name: DatabaseName, parent = tmpdir()): Promise<Database> {
  if (name === "Postgres") return makePostgres({ parent });
  const dataDir = await makeDataDir(parent);
  return { dataDir, env: {}, remove: () => rm(dataDir, { recursive: true, force: true }) };
}

/** The same on Postgres, with the server itself. Skips the test, loudly, where none is installed. */
export async function makePostgres(
  options: Parameters<typeof startPostgres>[0] = {},
): Promise<Database & { postgres: TestPostgres }> {
  const postgres = await startPostgres({ settings: DURABLE, ...options });
  if (!postgres) throw skipped("no Postgres is installed here: apt-get install postgresql");
  const dataDir = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-e2e-"));
  return {
    postgres,
    dataDir,
    env: { ...SECRETS, DATABASE_URL: postgres.url },
    remove: async () => {
      postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Marks the running test as skipped, and says why where nobody can overlook it. */
export function skipped(reason: string): Error {
  process.stdout.write(`\n!!!! NOT TESTED: ${test.info().title}: ${reason}\n\n`);
  test.skip(true, reason);
  return new Error(reason);
}
