import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { closeDatabase, db, openDatabase } from "@/db/client";
import { copyMigratedTemplate } from "./migrated-template";

export type TestDatabase = {
  /** Empties every table and starts the ids at 1 again, but for the revisions of webhooks. */
  empty: () => Promise<void>;
  close: () => Promise<void>;
};

const SECRETS = {
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
  NEXTAUTH_SECRET: "test-session-secret",
  EVENT_KEY: "test-event-key",
};

/**
 * A fresh, migrated database as `db()`: PGlite in a temporary folder, or, when TEST_DATABASE_URL is set, a
 * database of its own on that Postgres, over Neon's driver if TEST_NEON_PROXY is set too. One per
 * test file: `beforeAll` opens it, `afterAll` closes it.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  for (const [name, value] of Object.entries(SECRETS)) process.env[name] ??= value;
  const dataDir = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-test-"));
  process.env.DATA_DIR = dataDir;
  const serverUrl = process.env.TEST_DATABASE_URL;
  const dropDatabase = serverUrl ? await openOnServer({ serverUrl, dataDir }) : await openPglite(dataDir);
  return {
    empty: emptyTables,
    close: async () => {
      await closeDatabase();
      await dropDatabase();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function openOnServer({ serverUrl, dataDir }: { serverUrl: string; dataDir: string }) {
  const name = `iiko_webhooks_test_${randomBytes(6).toString("hex")}`;
  await onServer({ serverUrl, statement: `create database ${name}` });
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  // The host alone chooses Neon's driver; where it leads is the proxy's affair.
  if (process.env.TEST_NEON_PROXY) url.hostname = "test.neon.tech";
  await openDatabase({ databaseUrl: url.href, dataDir });
  return () => onServer({ serverUrl, statement: `drop database ${name} with (force)` });
}

async function onServer({ serverUrl, statement }: { serverUrl: string; statement: string }): Promise<void> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function openPglite(dataDir: string): Promise<() => Promise<void>> {
  await copyMigratedTemplate(dataDir);
  await openDatabase({ dataDir });
  return async () => {};
}

// Deleting a few rows costs PGlite 5 ms, truncating a table 40; of many rows, what they leave behind would slow down
// every test after it. Whatever a row is still referred to by goes first. Every sequence starts anew but the one that
// caches know webhooks by: a revision that came again would show them those of the test before.
async function emptyTables(): Promise<void> {
  await db().execute(sql`
    do $$
    declare used text[] := '{}'; kept text[]; large text[] := '{}'; name text; held int;
    begin
      for name in select quote_ident(tablename) from pg_tables where schemaname = 'public' loop
        execute 'select count(*) from (select 1 from ' || name || ' limit 200) as first_rows' into held;
        if held = 200 then large := large || name; elsif held > 0 then used := used || name; end if;
      end loop;
      if large <> '{}' then execute 'truncate ' || array_to_string(large, ', ') || ' cascade'; end if;
      while used <> '{}' loop
        kept := '{}';
        foreach name in array used loop
          begin
            execute 'delete from ' || name;
          exception when foreign_key_violation then
            kept := kept || name;
          end;
        end loop;
        if kept = used then raise 'rows that refer to each other: %', used; end if;
        used := kept;
      end loop;
      perform setval(quote_ident(sequencename)::regclass, 1, false) from pg_sequences
        where schemaname = 'public' and sequencename <> 'webhook_revisions_seq_seq' and last_value is not null;
    end $$`);
}
