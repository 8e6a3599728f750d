type Client = {
  query: (text: string) => Promise<{ rows: Record<string, unknown>[] }>;
  release: () => void;
  /** As the server gave it when the connection was made. */
  processID?: unknown;
};

const LOOKS = 10;

/**
 * True when a pooler in transaction mode (PgBouncer, Neon's `-pooler`) stands before the server: two connections that
 * are open at once are then served by one and the same backend. A server itself gives its clients the backend's own
 * number, which tells in one question that there is nobody in between.
 */
export async function findTransactionPooler(connect: () => Promise<Client>): Promise<boolean> {
  const first = await connect();
  try {
    if ((await backendOf(first)) === first.processID) return false;
    const second = await connect();
    try {
      for (let look = 0; look < LOOKS; look += 1) {
        if ((await backendOf(first)) === (await backendOf(second))) return true;
      }
      return false;
    } finally {
      second.release();
    }
  } finally {
    first.release();
  }
}

async function backendOf(client: Client): Promise<unknown> {
  return (await client.query("select pg_backend_pid() as pid")).rows[0]?.pid;
}
