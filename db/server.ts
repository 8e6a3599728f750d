import type { Database, DatabaseKind, PreparedStatement, Session } from "./database";
import { explainConnectFault, readDatabaseUrl } from "./database-url";
import { migrate } from "./migrate";
import { findTransactionPooler } from "./pooler";
import * as schema from "./schema";
import {
  breakConnection,
  HOT_LIMIT_MS,
  type LimitedClient,
  limitStatements,
  UNHURRIED_LIMIT_MS,
} from "./statement-limit";

export type ServerOptions = { kind: Exclude<DatabaseKind, "pglite">; databaseUrl: string; poolSize: number };

const CONNECT_WITHIN_MS = 4_000;
const GIVE_BACK_AFTER_MS = 1_000;

// Every statement finds its rows through an index. Left to guess from the statistics of an empty table, the
// planner would rather scan or hash whole tables, and a prepared statement keeps that plan while they grow. What is
// off counts as very dear, which would make a server compile such a plan for longer than it runs.
export const PLANNER_SETTINGS =
  "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off";

/** Connects to a Postgres server over either driver and migrates it. Throws a sentence that names DATABASE_URL. */
export async function connectServer({ kind, databaseUrl, poolSize }: ServerOptions): Promise<Database> {
  const { Pool, Client, drizzle } = kind === "neon" ? await neonDriver() : await pgDriver();
  const url = readDatabaseUrl(databaseUrl);
  const options = { connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS, keepAlive: true };
  let hasTransactionPooler: boolean;
  const first = new Pool({ ...options, max: 2 });
  first.on("error", () => {});
  try {
    hasTransactionPooler = isNeonPooler(url) || (await findTransactionPooler(() => first.connect()));
    const client = await first.connect();
    try {
      await migrate(client);
    } finally {
      client.release();
    }
  } catch (error) {
    throw explainConnectFault({ error, url });
  } finally {
    await first.end();
  }
  const pool: RawPool = new Pool({
    ...options,
    max: poolSize,
    onConnect: async (client: PoolClient) => {
      guard(client);
      // Behind a pooler they would be another session's. There each statement is planned anew, for what the tables hold.
      if (!hasTransactionPooler) await client.query(PLANNER_SETTINGS);
    },
  });
  const guard = guardClients(pool);
  const limited = (limitMs: number) => ({
    query: (config: object, values: unknown[]) => pool.query({ ...config, values, limitMs }),
  });
  const hot = ({ name, text, values }: PreparedStatement) => ({
    ...(hasTransactionPooler ? {} : { name }),
    text,
    values,
    limitMs: HOT_LIMIT_MS,
  });
  return {
    kind,
    hasTransactionPooler,
    db: drizzle(pool, { schema }),
    unhurried: drizzle(limited(UNHURRIED_LIMIT_MS) as never, { schema }),
    query: (statement) => pool.query(hot(statement)),
    queryAlone: async (lock, statement) => {
      const client = await pool.connect();
      try {
        // A process that freezes in between must not keep the others waiting.
        await client.query(
          `begin; set local idle_in_transaction_session_timeout = '10s'; select pg_advisory_xact_lock(${lock})`,
        );
        const result = await client.query(hot(statement));
        await client.query("commit");
        client.release();
        return result;
      } catch (error) {
        // Ended rather than rolled back: it may not answer.
        client.release(true);
        throw error;
      }
    },
    openSession: async () => {
      const client = new Client(options);
      limitStatements({ client, onSilence: () => {} });
      await client.connect();
      return session(client);
    },
    close: () => pool.end(),
  };
}

/** What a lost connection must not do: end the process, be waited for, or take its place in the pool with it. */
function guardClients(pool: RawPool): (client: PoolClient) => void {
  const idle = new Set<PoolClient>();
  const used = new Set<PoolClient>();
  // Without a listener these events would end the process; whoever waits for an answer is told anyway.
  pool.on("error", () => {});
  pool.on("acquire", (client: PoolClient) => {
    idle.delete(client);
    used.add(client);
  });
  pool.on("release", (_error: unknown, client: PoolClient) => {
    used.delete(client);
    idle.add(client);
  });
  pool.on("remove", (client: PoolClient) => void idle.delete(client));
  // When one connection falls silent, the others that nobody is using most likely have too: the event has the pool
  // forget them.
  const onSilence = () => {
    for (const client of idle) {
      breakConnection(client);
      client.emit("error", new Error("Connection terminated."));
    }
  };
  // Drizzle keeps a client for ever whose `begin` failed.
  const giveBack = (client: PoolClient) => {
    if (!used.has(client)) return;
    client.release(true);
    client.release = () => {};
  };
  return (client) => {
    client.on("error", () => {});
    client.on("end", () => void setTimeout(giveBack, GIVE_BACK_AFTER_MS, client).unref());
    limitStatements({ client, onSilence });
  };
}

function isNeonPooler(url: string): boolean {
  return /-pooler\.[^/?]*neon\.(tech|build)/.test(url);
}

async function pgDriver(): Promise<Driver> {
  const { default: pg } = await import("pg");
  const { drizzle } = await import("drizzle-orm/node-postgres");
  return { Pool: pg.Pool, Client: pg.Client, drizzle } as unknown as Driver;
}

async function neonDriver(): Promise<Driver> {
  const { Pool, Client, neonConfig } = await import("@neondatabase/serverless");
  const { drizzle } = await import("drizzle-orm/neon-serverless");
  // Node's own could not be ended without an answer from the other side.
  neonConfig.webSocketConstructor = (await import("ws")).default;
  return { Pool, Client, drizzle } as unknown as Driver;
}

// Neon's driver is built from node-postgres: what is used here of either is the same.
type Driver = {
  Pool: new (options: object) => RawPool;
  Client: new (options: object) => RawClient & LimitedClient;
  drizzle: (pool: RawPool, options: { schema: typeof schema }) => Database["db"];
};
type RawPool = {
  connect: () => Promise<PoolClient>;
  query: (config: object) => Promise<{ rows: unknown[] }>;
  on: (event: string, listener: (...given: never[]) => void) => unknown;
  end: () => Promise<void>;
};
type PoolClient = RawClient &
  LimitedClient & { release: (isBroken?: boolean) => void; emit: (event: "error", error: Error) => void };
type RawClient = {
  connect: () => Promise<unknown>;
  query: (query: string | object, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;
  on: (event: "notification" | "end" | "error", listener: (argument: never) => void) => unknown;
  end: () => Promise<void>;
};

function session(raw: RawClient): Session {
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
