// Runs PGlite on a thread of its own: its statements block whoever runs them, and the main thread has requests
// to send. Plain JavaScript, because it is loaded from disk beside the bundle. Speaks Postgres' wire protocol.
import { randomBytes } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";

// V8 compiles the database's hot functions anew on four threads at once. That takes 90 MB, part of which glibc keeps
// for these threads: one at a time, and not before a function is as hot as Node 22 wants it.
setFlagsFromString("--wasm-num-compilation-tasks=1");
setFlagsFromString("--wasm-tiering-budget=13000000");

const SETTINGS = {
  // A quarter of the default: memory counts here, and what is hot is the end of each index.
  shared_buffers: "32MB",
  // Filling new WAL files with zeros takes 2048 writes each; without, they start sparse. What a checkpoint leaves
  // of them is kept for reuse, up to max_wal_size.
  wal_init_zero: "off",
  max_wal_size: "128MB",
};
const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
const startParams = [...PGlite.defaultStartParams, ...settings];
// How an error response begins; no row can hold it, as text has no NUL.
const PANIC = Buffer.from("SPANIC\0VPANIC\0");

// The main thread shows the lock's heartbeat too: whichever of the two is busy, the other one does.
const BEAT_MS = 1_000;
let beatAt = 0;
beat();
setInterval(beat, BEAT_MS);

const pglite = await PGlite.create(workerData.folder, { startParams });

let previous = Promise.resolve();

parentPort.on("message", (message) => {
  previous = previous.then(() => (message === "close" ? close() : answer(message)));
});
parentPort.postMessage("ready");

// A number is the length of a request that lies in the mailbox, which is free again after the answer.
async function answer(message) {
  // After a sleep of the whole process another one may have the folder.
  if (performance.now() - beatAt > 2 * BEAT_MS) beat();
  const request = typeof message === "number" ? workerData.mailbox.subarray(0, message) : message;
  const parts = [];
  await pglite.execProtocolRawStream(request, { onRawData: (part) => parts.push(Buffer.from(part)) });
  const whole = Buffer.concat(parts);
  parentPort.postMessage(whole);
  // After a PANIC, say on a full disk, nothing in this thread's memory can be used any more; the next statement
  // would never end. A server starts all its processes anew then.
  if (whole.includes(PANIC)) throw new Error(panicMessage(whole));
}

function beat() {
  try {
    const file = openSync(workerData.lockFile, "r+");
    writeSync(file, randomBytes(4).toString("hex"), 0);
    closeSync(file);
  } catch (error) {
    if (error.code === "ENOENT") throw new Error("The lock of the data folder is lost.");
  }
  beatAt = performance.now();
}

function panicMessage(whole) {
  return /\0M([^\0]*)\0/.exec(whole.subarray(whole.indexOf(PANIC)).toString("utf8"))?.[1] ?? "PANIC";
}

async function close() {
  await pglite.close();
  parentPort.postMessage("closed");
}
