import { mkdirSync } from "node:fs";
import type { Socket } from "node:net";
import path from "node:path";
import type { SQL } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { ADVISORY_LOCKS } from "./advisory-locks";
import { lockDataDir } from "./data-dir-lock";
import { startCheckpoints } from "./pglite/checkpoints";
import { startPgliteThread } from "./pglite/connection";
import { processWide } from "./process-wide";
import * as schema from "./schema";

export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;
export type DatabaseKind = "pglite" | "postgres" | "neon";

/** A session of its own for what a pool cannot hold: advisory locks and LISTEN. Null on PGlite, which has one process. */
export type Session = {
  query: (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;
  onNotification: (listener: (payload: string) => void) => void;
  onClose: (listener: () => void) => void;
  close: () => Promise<void>;
};

export type Database = {
  kind: DatabaseKind;
  db: Db;
  query: RunPrepared;
  openSession: (() => Promise<Session>) | null;
  close: () => Promise<void>;
};

type RunPrepared = (statement: PreparedStatement) => Promise<{ rows: unknown[] }>;

/** A statement that each connection plans once, under `name`; the text must always be the same. */
export type PreparedStatement = { name: string; text: string; values: unknown[] };

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

/** True on the embedded database, which no other process can open. */
export function hasOneProcess(): boolean {
  return opened().kind === "pglite";
}

/** Runs a hot statement prepared, since planning it costs more than its work. Not for use inside a transaction. */
export async function prepared<Row>(statement: PreparedStatement): Promise<Row[]> {
  const result = await opened().query(statement);
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

export function databaseKind(databaseUrl: string | undefined): DatabaseKind {
  if (!databaseUrl) return "pglite";
  return /\.neon\.(tech|build)$/.test(new URL(databaseUrl).hostname) ? "neon" : "postgres";
}

function connect(options: DatabaseOptions): Promise<Database> {
  const kind = databaseKind(options.databaseUrl);
  if (kind === "pglite") return connectPglite(options.dataDir);
  const url = options.databaseUrl ?? "";
  const poolSize = options.poolSize ?? 10;
  return kind === "neon" ? connectNeon({ url, poolSize }) : connectPostgres({ url, poolSize });
}

// Every statement finds its rows through an index. Left to guess from the statistics of an empty table, the
// planner would rather scan or hash whole tables, and a prepared statement keeps that plan while they grow. What is
// off counts as very dear, which would make a server compile such a plan for longer than it runs.
const PLANNER_SETTINGS =
  "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off";

export const migrationsFolder = path.join(process.cwd(), "db/migrations");

async function connectPglite(dataDir: string): Promise<Database> {
  const { default: pg } = await import("pg");
  const { drizzle } = await import("drizzle-orm/node-postgres");
  const { migrate } = await import("drizzle-orm/node-postgres/migrator");
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
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
  const database = drizzle(pool, { schema });
  await migrate(database, { migrationsFolder });
  const stopCheckpoints = startCheckpoints((text) => pool.query(text));
  return {
    kind: "pglite",
    db: database,
    query: (statement) => pool.query(statement),
    openSession: null,
    close: async () => {
      stopCheckpoints();
      await pool.end();
      await thread.close();
      lock.release();
    },
  };
}

async function connectPostgres({ url, poolSize }: { url: string; poolSize: number }): Promise<Database> {
  const { default: pg } = await import("pg");
  const { drizzle } = await import("drizzle-orm/node-postgres");
  const { migrate } = await import("drizzle-orm/node-postgres/migrator");
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    onConnect,
  });
  // An idle client that loses its server emits here; without a listener it would end the process.
  pool.on("error", () => {});
  await withMigrationLock(await pool.connect(), (client) =>
    migrate(drizzle(client, { schema }), { migrationsFolder }),
  );
  return {
    kind: "postgres",
    db: drizzle(pool, { schema }),
    query: (statement) => pool.query(statement),
    openSession: async () => {
      const client = new pg.Client({
        connectionString: url,
        keepAlive: true,
        connectionTimeoutMillis: 5_000,
      });
      await client.connect();
      return session(client);
    },
    close: () => pool.end(),
  };
}

async function connectNeon({ url, poolSize }: { url: string; poolSize: number }): Promise<Database> {
  const { Pool, Client, neonConfig } = await import("@neondatabase/serverless");
  const { drizzle } = await import("drizzle-orm/neon-serverless");
  const { migrate } = await import("drizzle-orm/neon-serverless/migrator");
  if (!globalThis.WebSocket) neonConfig.webSocketConstructor = (await import("ws")).default;
  const options = { connectionString: url, max: poolSize, onConnect };
  const pool = new Pool(options);
  pool.on("error", () => {});
  await withMigrationLock(await pool.connect(), (client) =>
    migrate(drizzle(client, { schema }), { migrationsFolder }),
  );
  return {
    kind: "neon",
    db: drizzle(pool, { schema }),
    query: (statement) => pool.query(statement),
    openSession: async () => {
      const client = new Client(url);
      await client.connect();
      return session(client);
    },
    close: () => pool.end(),
  };
}

type PoolClient = { query: (text: string, values: unknown[]) => Promise<unknown>; release: () => void };

// Replicas that start together would race over the same migration.
async function withMigrationLock<Client extends PoolClient>(
  client: Client,
  migrate: (client: Client) => Promise<void>,
): Promise<void> {
  try {
    await client.query("select pg_advisory_lock($1)", [ADVISORY_LOCKS.migration]);
    await migrate(client);
    await client.query("select pg_advisory_unlock($1)", [ADVISORY_LOCKS.migration]);
  } finally {
    client.release();
  }
}

async function onConnect(client: { query: (text: string) => Promise<unknown> }): Promise<void> {
  await client.query(PLANNER_SETTINGS);
}

// The session outlives the client, which the pool gives up after any error: what the last one left, a transaction
// or prepared statements of the same names, would fail every statement of this one.
async function onConnectPglite(client: { query: (text: string) => Promise<unknown> }): Promise<void> {
  await client.query("rollback");
  await client.query("discard all");
  await onConnect(client);
}

type RawClient = {
  query: (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;
  on: (event: "notification" | "end" | "error", listener: (argument: never) => void) => unknown;
  end: () => Promise<void>;
};

function session(client: unknown): Session {
  const raw = client as RawClient;
  const closeListeners = new Set<() => void>();
  let isOpen = true;
  const closed = () => {
    if (!isOpen) return;
    isOpen = false;
    for (const listener of closeListeners) listener();
  };
  raw.on("end", closed);
  raw.on("error", closed);
  return {
    query: (text, values) => raw.query(text, values),
    onNotification: (listener) =>
      void raw.on("notification", (message: { payload?: string }) => listener(message.payload ?? "")),
    onClose: (listener) => void closeListeners.add(listener),
    close: async () => {
      isOpen = false;
      await raw.end().catch(() => {});
    },
  };
}
