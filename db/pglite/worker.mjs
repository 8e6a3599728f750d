// Runs PGlite on a thread of its own: its statements block whoever runs them, and the main thread has requests
// to send. Plain JavaScript, because it is loaded from disk beside the bundle. Speaks Postgres' wire protocol.
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";

const pglite = await PGlite.create(workerData.folder);
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
