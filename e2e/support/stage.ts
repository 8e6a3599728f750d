import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestPostgres } from "@/scripts/test/postgres";
import { DATABASES, makeDatabase, makePostgres } from "./database";
import { register } from "./engine";
import { freePort } from "./free-port";
import { INNGEST_BINARY, startInngest } from "./inngest-server";
import { type Product, startProduct } from "./product";

/** What a product stands on: a database with the embedded engine, or Inngest on Postgres where its program is named. */
export const STAGES = [...DATABASES, ...(INNGEST_BINARY ? (["Inngest"] as const) : [])] as const;
export type StageName = (typeof STAGES)[number];

export type Stage = {
  dataDir: string;
  /** Its database's server, where it has one. */
  postgres: TestPostgres | null;
  /** What an environment says to use it; `start` adds it. */
  env: Record<string, string>;
  /** A product on this stage, at the same address each time. */
  start: (env?: Record<string, string>) => Promise<Product>;
  remove: () => Promise<void>;
};

export async function makeStage(name: StageName): Promise<Stage> {
  const database =
    name === "PGlite" ? { ...(await makeDatabase(name)), postgres: null } : await makePostgres();
  const port = await freePort();
  const start = (env: Record<string, string>) => startProduct({ dataDir: database.dataDir, port, env });
  if (name !== "Inngest") {
    const { env } = database;
    return { ...database, start: (more) => start({ ...env, ...more }) };
  }
  const folder = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-inngest-"));
  const inngest = await startInngest({ kind: "dev", folder, productUrl: `http://127.0.0.1:${port}` });
  const env = { ...database.env, INNGEST_DEV: inngest.url };
  return {
    ...database,
    env,
    start: async (more) => {
      const product = await start({ ...env, ...more });
      await register(product);
      return product;
    },
    remove: async () => {
      await inngest.kill();
      await database.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
