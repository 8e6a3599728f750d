// Runs PGlite on a thread of its own: its statements block whoever runs them, and the main thread has requests
// to send. Plain JavaScript, because it is loaded from disk beside the bundle. Speaks Postgres' wire protocol.
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";

// Filling new WAL files with zeros takes 2048 writes each; without, they start sparse. What a checkpoint leaves of
// them is kept for reuse, up to max_wal_size.
const startParams = [...PGlite.defaultStartParams, "-c", "wal_init_zero=off", "-c", "max_wal_size=128MB"];
const pglite = await PGlite.create(workerData.folder, { startParams });
parentPort.postMessage("ready");

let previous = Promise.resolve();

parentPort.on("message", (message) => {
  previous = previous.then(() => (message === "close" ? close() : answer(message)));
});

async function answer(request) {
  const parts = [];
  await pglite.execProtocolRawStream(request, { onRawData: (part) => parts.push(Buffer.from(part)) });
  parentPort.postMessage(Buffer.concat(parts));
}

async function close() {
  await pglite.close();
  parentPort.close();
}
