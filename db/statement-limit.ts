/** What the drivers' clients have in common; each statement goes with a callback or returns a promise. */
export type LimitedClient = {
  query: (...call: never[]) => unknown;
  connection: { stream: { destroy: (error?: Error) => unknown; ws?: { terminate?: () => void } } };
  _queryable: boolean;
};

/** How long a page, the API or a run waits for an answer; the intake's and the engine's statements are quick. */
const LIMIT_MS = 8_000;
// What changes a webhook may change all that it still has to send. A silent server is found at the transaction's begin.
const IN_TRANSACTION_LIMIT_MS = 60_000;
export const HOT_LIMIT_MS = 4_000;
export const UNHURRIED_LIMIT_MS = 10 * 60_000;
// A large statement has to get there first, over a line of some 8 Mbit/s.
const BYTES_PER_MS = 1_000;

type Done = (error: Error | null, result?: unknown) => void;
type Config = string | { text?: string; limitMs?: number; values?: unknown[] };

/**
 * Gives up a client whose statement is not answered within its limit (`limitMs` of the query config, and a second for
 * each MB of its values): a server or a network that falls silent would otherwise be waited for until TCP notices,
 * which can take hours. The statement fails as one whose database is away (db/faults): it may have been done or not.
 */
export function limitStatements({
  client,
  onSilence,
}: {
  client: LimitedClient;
  onSilence: () => void;
}): void {
  const query = (client.query as (...call: unknown[]) => unknown).bind(client);
  let isInTransaction = false;
  const limited = (config: Config, ...rest: unknown[]) => {
    const usualMs = isInTransaction ? IN_TRANSACTION_LIMIT_MS : LIMIT_MS;
    const limitMs = limitOf({ config, values: rest[0], usualMs });
    const text = typeof config === "string" ? config : (config.text ?? "");
    if (text.startsWith("begin")) isInTransaction = true;
    else if (text === "commit" || text === "rollback") isInTransaction = false;
    const callback = rest.at(-1);
    if (typeof callback === "function") {
      const done = settleOnce({ limitMs, settle: callback as Done, onLimit: fail });
      return query(config, ...rest.slice(0, -1), done);
    }
    return new Promise((resolve, reject) => {
      const settle: Done = (error, result) => (error ? reject(error) : resolve(result));
      const done = settleOnce({ limitMs, settle, onLimit: fail });
      const answered = query(config, ...rest) as Promise<unknown>;
      answered.then((result) => done(null, result), done);
    });
  };
  client.query = limited as LimitedClient["query"];

  function fail(): void {
    breakConnection(client);
    onSilence();
  }
}

/** Ends a connection without a word, which a server that does not answer would not hear; its pool drops it. */
export function breakConnection(client: LimitedClient): void {
  client._queryable = false;
  const { stream } = client.connection;
  stream.ws?.terminate?.();
  stream.destroy(silence());
}

// isDatabaseAway knows the code.
function silence(): Error {
  return Object.assign(new Error("The database has not answered in time."), { code: "ETIMEDOUT" });
}

function settleOnce(input: { limitMs: number; settle: Done; onLimit: () => void }): Done {
  let isSettled = false;
  const done: Done = (error, result) => {
    if (isSettled) return;
    isSettled = true;
    clearTimeout(timer);
    input.settle(error, result);
  };
  const timer = setTimeout(() => {
    input.onLimit();
    done(silence());
  }, input.limitMs);
  return done;
}

function limitOf({ config, values, usualMs }: { config: Config; values: unknown; usualMs: number }): number {
  const { limitMs = usualMs, values: own } = typeof config === "string" ? {} : config;
  const parameters: unknown[] = own ?? (Array.isArray(values) ? values : []);
  const bytes = parameters.reduce<number>((sum, value) => sum + lengthOf(value), 0);
  return limitMs + bytes / BYTES_PER_MS;
}

function lengthOf(value: unknown): number {
  return typeof value === "string" || Buffer.isBuffer(value) ? value.length : 0;
}
