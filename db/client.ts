import type { Socket } from "node:net";
import path from "node:path";
import type { SQL } from "drizzle-orm";
import { openDataDir } from "./data-dir";
import { lockDataDir } from "./data-dir-lock";
import type { Database, Db, PreparedStatement } from "./database";
import { databaseKind } from "./database-url";
import { migrate } from "./migrate";
import { startCheckpoints } from "./pglite/checkpoints";
import { startPgliteThread } from "./pglite/connection";
import { processWide } from "./process-wide";
import * as schema from "./schema";
import { connectServer, PLANNER_SETTINGS } from "./server";

export type { Database, DatabaseKind, Db, PreparedStatement, Session } from "./database";
export { migrationsFolder } from "./migrate";

export type DatabaseOptions = { databaseUrl?: string | undefined; dataDir: string; poolSize?: number };

type Holder = { opening?: Promise<Database> | undefined; open?: Database | undefined };

// PGlite loses data when it is opened twice.
const holder = processWide<Holder>("database", () => ({}));

/** Opens the database once per process and migrates it. Throws with advice when it is in use or unreachable. */
export function openDatabase(options: DatabaseOptions): Promise<Database> {
  holder.opening ??= connect(options).then(
    (database) => {
      holder.open = database;
      return database;
    },
    (error) => {
      holder.opening = undefined;
      throw error;
    },
  );
  return holder.opening;
}

export async function closeDatabase(): Promise<void> {
  const opening = holder.opening;
  holder.opening = undefined;
  holder.open = undefined;
  await (await opening)?.close();
}

/** The open database. Throws when `openDatabase` has not finished: that is a start-up bug, not a user's error. */
export function db(): Db {
  return opened().db;
}

/** The same for chores that may take minutes and are no transactions; `db()` gives a statement up after 8 s. */
export function unhurriedDb(): Db {
  return opened().unhurried;
}

/** Returns when the database has answered, within 4 s. Throws its error when it is away. */
export async function pingDatabase(): Promise<void> {
  await prepared({ name: "ping", text: "select 1", values: [] });
}

/** True on the embedded database, which no other process can open. */
export function hasOneProcess(): boolean {
  return opened().kind === "pglite";
}

/** Runs a hot statement prepared, since planning it costs more than its work. Not for use inside a transaction. */
export async function prepared<Row>(statement: PreparedStatement): Promise<Row[]> {
  const result = await opened().query(statement);
  return result.rows as Row[];
}

/**
 * The same for a statement that two processes must never run at the same moment: it sees what the one before it, under
 * the same number of ADVISORY_LOCKS, has committed.
 */
export async function preparedAlone<Row>(lock: number, statement: PreparedStatement): Promise<Row[]> {
  const result = await opened().queryAlone(lock, statement);
  return result.rows as Row[];
}

function opened(): Database {
  if (!holder.open) throw new Error("The database is not open yet: call openDatabase() at start.");
  return holder.open;
}

/** Runs a statement of our own and returns its rows, typed by the caller, on any of the three drivers. */
export async function rows<Row>(query: SQL, on: Db = db()): Promise<Row[]> {
  const result = (await on.execute(query)) as unknown as { rows: Row[] };
  return result.rows;
}

async function connect(options: DatabaseOptions): Promise<Database> {
  const { databaseUrl, dataDir, poolSize = 10 } = options;
  const kind = databaseKind(databaseUrl);
  if (kind === "pglite" || databaseUrl === undefined) return connectPglite(dataDir);
  return connectServer({ kind, databaseUrl, poolSize });
}

async function connectPglite(dataDir: string): Promise<Database> {
  const { default: pg } = await import("pg");
  const { drizzle } = await import("drizzle-orm/node-postgres");
  openDataDir(dataDir);
  const lock = await lockDataDir({ dataDir });
  const thread = await startPgliteThread({ folder: path.join(dataDir, "pglite"), lockFile: lock.file });
  const pool = new pg.Pool({
    stream: thread.openStream as () => Socket,
    user: "postgres",
    database: "postgres",
    max: 1,
    idleTimeoutMillis: 0,
    onConnect: onConnectPglite,
  });
  // As below: the thread may fail while its client is idle.
  pool.on("error", () => {});
  const close = async () => {
    await pool.end();
    await thread.close();
    lock.release();
  };
  try {
    const client = await pool.connect();
    await migrate(client).finally(() => client.release());
  } catch (error) {
    await close();
    throw error;
  }
  const database = drizzle(pool, { schema });
  const stopCheckpoints = startCheckpoints((text) => pool.query(text));
  return {
    kind: "pglite",
    hasTransactionPooler: false,
    db: database,
    unhurried: database,
    query: (statement) => pool.query(statement),
    // No other process, and one connection.
    queryAlone: (_lock, statement) => pool.query(statement),
    openSession: null,
    close: async () => {
      stopCheckpoints();
      await close();
    },
  };
}

// The session outlives the client, which the pool gives up after any error: what the last one left, a transaction
// or prepared statements of the same names, would fail every statement of this one.
async function onConnectPglite(client: { query: (text: string) => Promise<unknown> }): Promise<void> {
  await client.query("rollback");
  await client.query("discard all");
  await client.query(PLANNER_SETTINGS);
}
