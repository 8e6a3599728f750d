import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type * as schema from "./schema";

export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;
export type DatabaseKind = "pglite" | "postgres" | "neon";

/** A session of its own for what a pool cannot hold: advisory locks and LISTEN. Null on PGlite, which has one process. */
export type Session = {
  query: (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;
  onNotification: (listener: (payload: string) => void) => void;
  onClose: (listener: () => void) => void;
  close: () => Promise<void>;
};

/** A statement that each connection plans once, under `name`; the text must always be the same. */
export type PreparedStatement = { name: string; text: string; values: unknown[] };

export type Database = {
  kind: DatabaseKind;
  /** A pooler hands each transaction to any session: nothing may rest on a session, and `openSession` gets none. */
  hasTransactionPooler: boolean;
  db: Db;
  /** The same for chores that may take minutes; not for transactions. */
  unhurried: Db;
  query: (statement: PreparedStatement) => Promise<{ rows: unknown[] }>;
  /** The same under an advisory lock, which is held until it is committed. */
  queryAlone: (lock: number, statement: PreparedStatement) => Promise<{ rows: unknown[] }>;
  openSession: (() => Promise<Session>) | null;
  close: () => Promise<void>;
};
