import { existsSync, readFileSync } from "node:fs";
import { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import nextEnv from "@next/env";
import { buildIfStale } from "./build.mjs";
import { createCrowd } from "./edge/crowd.mjs";
import { createEdgeServer } from "./edge/server.mjs";

// Next's server runs in this very process: a `kill -9` of it leaves nothing behind.
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const STOP_WITHIN_MS = 40_000;
const FINISH_REQUESTS_WITHIN_MS = 5_000;
const START_LOOKED_AT_MS = 20;

// V8 would let garbage pile up to a share of the machine's memory. At 100 % it takes some 35 MB more, at 60 % it makes
// a sixth fewer deliveries a second than there (docs/performance.md).
setFlagsFromString("--heap-growing-percent=80");
// Compiles what is called for the first time instead of interpreting it: a process that was just started has orders to
// send as well.
setFlagsFromString("--always-sparkplug");
process.chdir(ROOT);
process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";

try {
  await start();
} catch (error) {
  console.error(`\niiko-webhooks cannot start.\n${readable(error)}`);
  process.exit(1);
}

async function start() {
  nextEnv.loadEnvConfig(ROOT, false, { info: () => {}, error: console.error });
  const port = portFrom(process.env.PORT);
  process.env.PORT = String(port);
  const host = process.env.HOST?.trim().replace(/^\[(.*)\]$/, "$1") || "0.0.0.0";
  if (!isStandalone() && !process.argv.includes("--no-build")) buildIfStale();
  takeBuiltConfig();

  // The port is taken before the database is touched, so that a second start fails without waiting for its lock.
  const ready = Promise.withResolvers?.() ?? withResolvers();
  const appUrl = appUrlFrom(process.env.APP_URL);
  const server = createEdgeServer({
    appUrl,
    handle: (request, response) => {
      ready.promise.then((handle) => handle(request, response)).catch((error) => failed(error, response));
    },
  });
  await listen({ server, port, host });
  // lib/own-server.ts: where webhooks on the product's own inspector connect.
  keepProcessWide("listening", server.address());
  stopOnSignals(server);

  const { default: next } = await import("next");
  // Next gets a server that never listens: its "upgrade" listener on ours would leave `Upgrade: h2c` without an answer.
  const app = next({ dir: ROOT, dev: false, hostname: host, port, httpServer: new Server(), quiet: true });
  await app.prepare();
  const handle = app.getRequestHandler();
  const answerByNext = (request, response) =>
    handle(request, response).catch((error) => failed(error, response));
  const crowd = createCrowd({ visitorOf: (request) => started("visitor-of")?.(request), appUrl });
  // Both are set once the product has started (instrumentation.ts), or has ended the process with what is in its way.
  while (!started("direct") || !started("visitor-of")) await sleep(START_LOOKED_AT_MS);
  console.log(`✓ iiko-webhooks is ready at ${clickable({ host, port })}`);
  ready.resolve((request, response) => {
    const answered = started("direct")?.(request, response);
    if (!answered) crowd.admit({ request, response, go: () => answerByNext(request, response) });
    return answered;
  });
}

// A standalone build (NEXT_OUTPUT=standalone) holds no sources.
function isStandalone() {
  return !existsSync(new URL("../next.config.ts", import.meta.url));
}

// As the build wrote it: to read next.config.ts, Next would load a compiler, which keeps some 180 MB until the end.
function takeBuiltConfig() {
  const dist = process.env.NEXT_DIST_DIR ?? ".next";
  const file = new URL(`../${dist}/required-server-files.json`, import.meta.url);
  if (!existsSync(file)) throw new Error(`There is no production build in ${dist}: run npm run build first.`);
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(
    JSON.parse(readFileSync(file, "utf8")).config,
  );
}

function portFrom(text) {
  const port = Number(text || 3000);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Error(`PORT is "${text}"; it must be a whole number from 1 to 65535.`);
}

// lib/env.ts judges it, and ends the start with a sentence.
function appUrlFrom(text) {
  return text && URL.canParse(text.trim()) ? text.trim() : undefined;
}

function clickable({ host, port }) {
  if (host === "0.0.0.0" || host === "::") return `http://localhost:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function listen({ server, port, host }) {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(listenError({ error, port, host })));
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

function listenError({ error, port, host }) {
  if (error.code === "EADDRINUSE")
    return new Error(`Port ${port} is in use by another program: stop it, or give another one with PORT=….`);
  if (error.code === "EACCES")
    return new Error(`This user may not listen on port ${port}: give one above 1023 with PORT=….`);
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND")
    return new Error(`HOST is "${host}", which is not an address of this machine.`);
  return error;
}

/**
 * The first SIGTERM or SIGINT stops gracefully: no new requests, running attempts end and are logged,
 * the database is closed. A second one ends at once; nothing accepted is lost then either.
 * A program that started us over an IPC channel and died counts as the first signal.
 */
function stopOnSignals(server) {
  let isStopping = false;
  const stop = async () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    try {
      await finishRequests(server);
      await started("stop")?.();
      process.exit(0);
    } catch (error) {
      console.error(`\niiko-webhooks did not stop cleanly.\n${readable(error)}`);
      process.exit(1);
    }
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  if (process.send) process.on("disconnect", () => isStopping || stop());
}

async function finishRequests(server) {
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const tooLate = new Promise((resolve) => setTimeout(resolve, FINISH_REQUESTS_WITHIN_MS).unref());
  await Promise.race([new Promise((resolve) => server.close(resolve)), tooLate]);
  clearInterval(sweep);
}

/** What the built product keeps for the whole process (db/process-wide.ts): nothing until it has started. */
function started(name) {
  return globalThis[Symbol.for("iiko-webhooks")]?.get(name);
}

function keepProcessWide(name, value) {
  const key = Symbol.for("iiko-webhooks");
  globalThis[key] ??= new Map();
  globalThis[key].set(name, value);
}

function failed(error, response) {
  console.error(error);
  if (!response.headersSent) response.writeHead(500);
  response.end();
}

/** Next wraps what instrumentation threw; the innermost message is the one written for a person. */
function readable(error) {
  let inner = error;
  while (inner?.cause instanceof Error) inner = inner.cause;
  const message = inner instanceof Error ? inner.message : String(inner);
  return message.replace(/^An error occurred while loading instrumentation hook: /, "");
}

function withResolvers() {
  let resolve;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
