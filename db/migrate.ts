import path from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { ADVISORY_LOCKS } from "./advisory-locks";

export const migrationsFolder = path.join(process.cwd(), "db/migrations");

/** The database was migrated by a newer version. */
export class NewerDatabaseError extends Error {
  override readonly name = "NewerDatabaseError";
}

type Client = { query: (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }> };

/**
 * Brings the schema up to date, all or nothing, one process at a time; the lock ends with the transaction, so that a
 * pooler may be in between. Throws a NewerDatabaseError for a database that this version would damage.
 */
export async function migrate(client: Client): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder });
  await client.query("begin");
  try {
    await client.query("select pg_advisory_xact_lock($1)", [ADVISORY_LOCKS.migration]);
    const latest = await latestApplied(client);
    const newest = known.at(-1)?.folderMillis ?? 0;
    if (latest > newest) throw newerDatabase({ latest, newest });
    for (const { sql, hash, folderMillis } of known.filter((one) => one.folderMillis > latest)) {
      for (const statement of sql) await client.query(statement);
      await client.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)", [
        hash,
        folderMillis,
      ]);
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  }
}

// As Drizzle's own tool keeps it (drizzle-kit migrate), so that either can go on where the other stopped.
async function latestApplied(client: Client): Promise<number> {
  const { rows: found } = await client.query(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as there",
  );
  if (!found[0]?.there) {
    await client.query("create schema if not exists drizzle");
    await client.query(
      "create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)",
    );
  }
  const { rows } = await client.query(
    "select coalesce(max(created_at), 0)::float8 as latest from drizzle.__drizzle_migrations",
  );
  return Number(rows[0]?.latest);
}

function newerDatabase({ latest, newest }: { latest: number; newest: number }): Error {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return new NewerDatabaseError(
    `The database belongs to a newer version of iiko-webhooks: its schema is of ${day(latest)}, this version's of ` +
      `${day(newest)}. Start the newer version again, or restore a backup from before the upgrade.`,
  );
}
