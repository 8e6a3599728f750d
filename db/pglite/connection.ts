import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const WORKER_FILE = path.join(process.cwd(), "db/pglite/worker.mjs");
const TERMINATE = "X".charCodeAt(0);

const REOPEN_AFTER_MS = 1_000;
// Longer than recovery after a crash takes; a thread that spins instead is started anew.
const READY_WITHIN_MS = 60_000;

export type PgliteThread = {
  /** A stream for node-postgres' `stream` option. PGlite is one session: one at a time. */
  openStream: () => Duplex;
  close: () => Promise<void>;
};

/**
 * Starts PGlite on its own thread over `folder`, made if it does not exist. A thread that fails, as on a full disk,
 * breaks its streams and is started again, once a second until it succeeds; what was committed is there then.
 */
export async function startPgliteThread(folder: string): Promise<PgliteThread> {
  // Making a database takes half a gigabyte, which only the end of its thread gives back.
  if (!existsSync(path.join(folder, "PG_VERSION"))) await closeThread(await readyThread(folder));
  let worker: Worker | null = null;
  let isClosing = false;

  async function open(): Promise<void> {
    const opened = await readyThread(folder);
    opened.once("error", (error) => {
      process.stderr.write(`The embedded database has failed and is started again: ${error.message}\n`);
      worker = null;
      void reopen();
    });
    worker = opened;
  }

  async function reopen(): Promise<void> {
    while (!worker && !isClosing) {
      await sleep(REOPEN_AFTER_MS);
      await open().catch(() => {});
    }
  }

  await open();
  return {
    openStream: () => new WireStream(worker),
    close: async () => {
      isClosing = true;
      if (worker) await closeThread(worker);
    },
  };
}

async function readyThread(folder: string): Promise<Worker> {
  const worker = new Worker(/* turbopackIgnore: true */ WORKER_FILE, { workerData: { folder } });
  const timer = setTimeout(() => void worker.terminate(), READY_WITHIN_MS);
  try {
    await Promise.race([
      once(worker, "message"),
      once(worker, "exit").then(() => Promise.reject(new Error("The embedded database did not start."))),
    ]);
  } finally {
    clearTimeout(timer);
  }
  return worker;
}

async function closeThread(worker: Worker): Promise<void> {
  const closed = once(worker, "message");
  worker.postMessage("close");
  await closed;
  await worker.terminate();
}

/** Carries Postgres' wire protocol between node-postgres and the thread, with the bit of a socket that it asks for. */
class WireStream extends Duplex {
  readonly #receive = (answer: Uint8Array) =>
    this.push(Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength));

  // isDatabaseAway knows these words: what was asked for may be asked for again.
  readonly #gone = () => this.destroy(new Error("Connection terminated: the embedded database has failed."));

  constructor(private readonly worker: Worker | null) {
    super();
    worker?.on("message", this.#receive);
    worker?.once("exit", this.#gone);
  }

  connect(): this {
    process.nextTick(() => (this.worker ? this.emit("connect") : this.#gone()));
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#send(chunk);
    done();
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.worker?.off("message", this.#receive);
    this.worker?.off("exit", this.#gone);
    done(error);
  }

  // The session lives as long as the thread, so a client's goodbye is not passed on.
  #send(message: Buffer): void {
    if (message[0] === TERMINATE) this.push(null);
    else this.worker?.postMessage(message);
  }
}
