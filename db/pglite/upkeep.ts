type Query = (text: string) => Promise<{ rows: Record<string, unknown>[] }>;

const EVERY_MS = 60_000;

// When autovacuum would see to a table, more or less.
const TABLES_IN_NEED = `
  select quote_ident(relname) as name from pg_stat_user_tables
  where n_dead_tup > 1000 + 0.2 * n_live_tup or n_mod_since_analyze > 1000 + 0.2 * n_live_tup`;

// The log of what to do again after a crash; it is read at the next start, and kept on disk until a checkpoint.
const WAL_MIB = "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 / 1048576 as mib";
const CHECKPOINT_MIB = 32;

/**
 * Does once a minute what autovacuum and the checkpointer do in a server: PGlite has no processes of its own, and
 * dead rows and WAL would grow without end. Returns the way to stop it.
 */
export function startUpkeep(query: Query): () => void {
  let checkpointAt = 0;

  async function tidy(): Promise<void> {
    const { rows } = await query(TABLES_IN_NEED);
    for (const { name } of rows) await query(`vacuum (analyze) ${name}`);
    const mib = Number((await query(WAL_MIB)).rows[0]?.mib);
    if (mib - checkpointAt < CHECKPOINT_MIB) return;
    await query("checkpoint");
    checkpointAt = mib;
  }

  // A disk that is full fails every other statement too, and those report it.
  const timer = setInterval(() => void tidy().catch(() => {}), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
