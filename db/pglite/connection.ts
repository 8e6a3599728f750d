import { once } from "node:events";
import path from "node:path";
import { Duplex } from "node:stream";
import { Worker } from "node:worker_threads";

const WORKER_FILE = path.join(process.cwd(), "db/pglite/worker.mjs");
const TERMINATE = "X".charCodeAt(0);

export type PgliteThread = {
  /** A stream for node-postgres' `stream` option. PGlite is one session: one at a time. */
  openStream: () => Duplex;
  close: () => Promise<void>;
};

/** Starts PGlite on its own thread over `folder`, made if it does not exist. A thread that dies ends the process. */
export async function startPgliteThread(folder: string): Promise<PgliteThread> {
  const worker = new Worker(/* turbopackIgnore: true */ WORKER_FILE, { workerData: { folder } });
  await Promise.race([
    once(worker, "message"),
    once(worker, "error").then(([error]) => Promise.reject(error)),
  ]);
  worker.on("error", (error) => {
    process.stderr.write(`The embedded database has failed: ${error.stack}\n`);
    process.exit(1);
  });
  return {
    openStream: () => new WireStream(worker),
    close: async () => {
      const exited = once(worker, "exit");
      worker.postMessage("close");
      await exited;
    },
  };
}

/** Carries Postgres' wire protocol between node-postgres and the thread, with the bit of a socket that it asks for. */
class WireStream extends Duplex {
  readonly #receive = (answer: Uint8Array) =>
    this.push(Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength));

  constructor(private readonly worker: Worker) {
    super();
    worker.on("message", this.#receive);
  }

  connect(): this {
    process.nextTick(() => this.emit("connect"));
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
    this.worker.off("message", this.#receive);
    done(error);
  }

  // The session lives as long as the thread, so a client's goodbye is not passed on.
  #send(message: Buffer): void {
    if (message[0] === TERMINATE) this.push(null);
    else this.worker.postMessage(message);
  }
}
