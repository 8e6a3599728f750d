type Query = (text: string) => Promise<{ rows: Record<string, unknown>[] }>;

const EVERY_MS = 60_000;
const WAL_MIB = "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 / 1048576 as mib";
const CHECKPOINT_MIB = 32;

/**
 * A checkpoint now and then, as a server's checkpointer makes them: PGlite has none, and its WAL, which a start
 * after a crash has to read, would grow without end. Returns the way to stop it.
 */
export function startCheckpoints(query: Query): () => void {
  let lastMib = 0;

  async function checkpoint(): Promise<void> {
    const mib = Number((await query(WAL_MIB)).rows[0]?.mib);
    if (mib - lastMib < CHECKPOINT_MIB) return;
    await query("checkpoint");
    lastMib = mib;
  }

  // What makes it fail, a full disk for one, fails every other statement too, and those report it.
  const timer = setInterval(() => void checkpoint().catch(() => {}), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
