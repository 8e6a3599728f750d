import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";

const CREATE_FILE = path.join(process.cwd(), "db/pglite/create.mjs");
const WORKER_FILE = path.join(process.cwd(), "db/pglite/worker.mjs");
const TERMINATE = "X".charCodeAt(0);

const REOPEN_AFTER_MS = 1_000;
// Longer than recovery after a crash takes; a thread that spins instead is started anew.
const READY_WITHIN_MS = 60_000;
const MAILBOX_BYTES = 2 * 1024 * 1024;

type Thread = {
  worker: Worker;
  /** Memory of both threads for the request under way: posted instead, a large one costs a millisecond. */
  mailbox: Uint8Array;
  unanswered: number;
};

export type PgliteThread = {
  /** A stream for node-postgres' `stream` option. PGlite is one session: one at a time. */
  openStream: () => Duplex;
  close: () => Promise<void>;
};

/** `lockFile` belongs to the lock of the folder's parent (db/data-dir-lock): without it the thread touches nothing. */
export type PgliteFolder = { folder: string; lockFile: string };

/**
 * Starts PGlite on its own thread over `folder`, made if it does not exist. A thread that fails, as on a full disk,
 * breaks its streams and is started again, once a second until it succeeds; what was committed is there then.
 */
export async function startPgliteThread({ folder, lockFile }: PgliteFolder): Promise<PgliteThread> {
  if (!existsSync(path.join(folder, "PG_VERSION"))) await makeDatabase(folder);
  let thread: Thread | null = null;
  let isClosing = false;

  async function open(): Promise<void> {
    const opened = await readyThread({ folder, lockFile });
    opened.worker.once("error", (error) => {
      process.stderr.write(`The embedded database has failed and is started again: ${error.message}\n`);
      thread = null;
      void reopen();
    });
    thread = opened;
  }

  async function reopen(): Promise<void> {
    while (!thread && !isClosing) {
      await sleep(REOPEN_AFTER_MS);
      await open().catch(() => {});
    }
  }

  await open();
  return {
    openStream: () => new WireStream(thread),
    close: async () => {
      isClosing = true;
      if (thread) await closeThread(thread);
    },
  };
}

/**
 * In a process of its own, since making a database takes half a gigabyte and a thread would leave part of it behind.
 * What a killed start has half made never has the folder's name.
 */
async function makeDatabase(folder: string): Promise<void> {
  const { dir, base } = path.parse(folder);
  const unfinished = `${base}.new-`;
  for (const name of await readdir(dir)) if (name.startsWith(unfinished)) await remove(path.join(dir, name));
  const made = await mkdtemp(path.join(dir, unfinished));
  try {
    await promisify(execFile)(process.execPath, [CREATE_FILE, made]);
    await rename(made, folder);
  } catch (error) {
    await remove(made);
    throw new Error(`The embedded database cannot be made in ${folder}: ${(error as Error).message}`);
  }
}

function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function readyThread({ folder, lockFile }: PgliteFolder): Promise<Thread> {
  const mailbox = new Uint8Array(new SharedArrayBuffer(MAILBOX_BYTES));
  const worker = new Worker(/* turbopackIgnore: true */ WORKER_FILE, {
    workerData: { folder, lockFile, mailbox },
    // Its garbage is the answers' bytes only: the usual 48 MB of young memory would just be spread over.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  const timer = setTimeout(() => void worker.terminate(), READY_WITHIN_MS);
  try {
    await Promise.race([
      once(worker, "message"),
      once(worker, "exit").then(() => Promise.reject(new Error("The embedded database did not start."))),
    ]);
  } finally {
    clearTimeout(timer);
  }
  return { worker, mailbox, unanswered: 0 };
}

async function closeThread({ worker }: Thread): Promise<void> {
  const closed = once(worker, "message");
  worker.postMessage("close");
  await closed;
  await worker.terminate();
}

/** Carries Postgres' wire protocol between node-postgres and the thread, with the bit of a socket that it asks for. */
class WireStream extends Duplex {
  readonly #receive = (answer: Uint8Array) => {
    if (this.thread) this.thread.unanswered -= 1;
    this.push(Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength));
  };

  // isDatabaseAway knows these words: what was asked for may be asked for again.
  readonly #gone = () => this.destroy(new Error("Connection terminated: the embedded database has failed."));

  constructor(private readonly thread: Thread | null) {
    super();
    thread?.worker.on("message", this.#receive);
    thread?.worker.once("exit", this.#gone);
  }

  connect(): this {
    process.nextTick(() => (this.thread ? this.emit("connect") : this.#gone()));
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
    this.#send([chunk]);
    done();
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#send(chunks.map(({ chunk }) => chunk));
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.thread?.worker.off("message", this.#receive);
    this.thread?.worker.off("exit", this.#gone);
    done(error);
  }

  // The session lives as long as the thread, so a client's goodbye is not passed on.
  #send(parts: Buffer[]): void {
    if (parts[0]?.[0] === TERMINATE) this.push(null);
    else if (this.thread) post({ thread: this.thread, parts });
  }
}

function post({ thread, parts }: { thread: Thread; parts: Buffer[] }): void {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const isFree = thread.unanswered === 0 && length <= MAILBOX_BYTES;
  thread.unanswered += 1;
  if (!isFree) {
    thread.worker.postMessage(Buffer.concat(parts));
    return;
  }
  let offset = 0;
  for (const part of parts) {
    thread.mailbox.set(part, offset);
    offset += part.length;
  }
  thread.worker.postMessage(length);
}
