import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { SECRETS } from "@/e2e/support/database";
import { register } from "@/e2e/support/engine";
import { type BenchProduct, startBenchProduct } from "./bench/bench-product";
import { measureFailing } from "./bench/failing";
import { measureBesideOthers, measureMemoryPending, measureWarm } from "./bench/growth";
import { measureLatency } from "./bench/latency";
import { measureLogPages } from "./bench/log-pages";
import { measureNeighbour } from "./bench/neighbour";
import { measureRawCeiling } from "./bench/raw-ceiling";
import { type Receiver, startReceiver } from "./bench/receiver";
import { describeMachine, printReport, type Report } from "./bench/report";
import { measureThroughput } from "./bench/throughput";
import { findBinaries, startPostgres } from "./test/postgres";
import { run } from "./test/run";

/**
 * `npm run bench`: the raw ceiling of each database and what the product makes of it, in one run on one machine.
 * `--json` prints the report for machines. On Inngest too, where INNGEST_TEST_URL names a server. `--growth` tells
 * instead whether a delivery costs more with a million rows in the log or hundreds of webhooks, and takes longer.
 */
const isJson = process.argv.includes("--json");
const isGrowth = process.argv.includes("--growth");
const WEBHOOKS_PER_EVENT = [1, 5, 20];
const RATES_PER_SECOND = [50, 200, 1000];
const SECONDS = 5;
// About five seconds of work at 40 % of the ceiling.
const DELIVERIES_PER_CEILING = 2;
const GROWTH_DELIVERIES = 25_000;
const GROWTH_LOG_ROWS = 1_000_000;

const ceilings: Record<string, number> = {};
const report: Report = {
  raw_ceiling_per_s: 0,
  runs: [],
  latency: [],
  neighbour: [],
  failing: [],
  peak_rss_mb: 0,
};
const cleanUps: (() => Promise<unknown> | unknown)[] = [];

process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

type Bench = {
  database: string;
  /** What the product's environment must say to have an empty database of its own, beside an empty DATA_DIR. */
  freshDatabase: () => Promise<Record<string, string>>;
  receiver: Receiver;
};

try {
  await bench();
} catch (error) {
  process.stderr.write(`\n✗ ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
for (const cleanUp of cleanUps.reverse()) await cleanUp();
process.exit();

async function bench(): Promise<void> {
  say(describeMachine());
  const built = await run({ command: ["node", "scripts/build.mjs", "--if-stale"], quiet: true });
  if (!built.isOk) throw new Error(built.output);
  const receiver = await startReceiver();
  cleanUps.push(() => receiver.stop());

  const measure = isGrowth ? benchGrowth : benchEmbedded;
  await measure({ database: "pglite", freshDatabase: async () => ({}), receiver });
  if (findBinaries()) await measure({ database: "postgres", freshDatabase: freshPostgres, receiver });
  else say("No Postgres is installed: left out.");
  if (isGrowth) return;
  // Whatever that server does, what was measured is told.
  await benchInngest(receiver).catch((error: unknown) => say(`inngest: left out: ${String(error)}`));

  report.raw_ceiling_per_s = ceilings.pglite ?? 0;
  if (isJson) process.stdout.write(`${JSON.stringify(report)}\n`);
  else printReport(report, ceilings);
}

async function benchEmbedded({ database, freshDatabase, receiver }: Bench): Promise<void> {
  const env = await freshDatabase();
  const rawDir = await temporaryFolder();
  const raw = { receiver, databaseUrl: env.DATABASE_URL, dataDir: rawDir, seconds: 3 };
  ceilings[database] = Math.round(await measureRawCeiling(raw));
  say(`${database}: raw ceiling ${ceilings[database]}/s`);

  const product = await startBenchProduct({ dataDir: await temporaryFolder(), env });
  const deliveries = DELIVERIES_PER_CEILING * (ceilings[database] ?? 0);
  // Not counted: it warms what a product that runs for hours has long warmed.
  await measureThroughput({ product, receiver, webhooksPerEvent: 1, deliveries: deliveries / 2 });
  for (const webhooksPerEvent of WEBHOOKS_PER_EVENT) {
    await addRun({ product, receiver, database, engine: "embedded", webhooksPerEvent, deliveries });
  }
  await product.setWebhooks([{ url: `${receiver.url}/latency` }]);
  for (const ratePerSecond of RATES_PER_SECOND) {
    await addLatency({ product, receiver, database, engine: "embedded", ratePerSecond });
  }
  await addNeighbour({ product, receiver, database });
  await addFailing({ product, receiver, database });
  await end(product);
}

async function benchGrowth({ database, freshDatabase, receiver }: Bench): Promise<void> {
  const tell = (line: string) => say(`${database}: ${line}`);
  const measure = { receiver, deliveries: GROWTH_DELIVERIES };
  const small = await startBenchProduct({ dataDir: await temporaryFolder(), env: await freshDatabase() });
  tell(`${perSecond(await measureWarm({ ...measure, product: small }))} with an empty log`);
  tell(
    `${perSecond(await measureBesideOthers({ ...measure, product: small }))} beside 500 that do not match`,
  );
  await small.stop();

  const env = await freshDatabase();
  const dataDir = await temporaryFolder();
  const seed = ["npm", "run", "--silent", "seed:logs", "--", String(GROWTH_LOG_ROWS)];
  const seeded = await run({ command: seed, env: { ...env, DATA_DIR: dataDir }, quiet: true });
  if (!seeded.isOk) throw new Error(seeded.output);
  const large = await startBenchProduct({ dataDir, env });
  const pages = await measureLogPages(large);
  tell(
    `the log's pages with ${GROWTH_LOG_ROWS} rows in it: at most ${pages.slowestMedianMs} ms by the median ` +
      `(${pages.slowestAddress}), the slowest of all ${pages.slowestMs} ms`,
  );
  tell(`${perSecond(await measureWarm({ ...measure, product: large }))} with as many`);
  await large.stop();

  if (env.DATABASE_URL) return;
  const waiting = await startBenchProduct({ dataDir: await temporaryFolder(), env });
  tell(`${await measureMemoryPending({ ...measure, product: waiting })} MB with 50,000 deliveries pending`);
  await waiting.stop();
}

function perSecond(rate: number): string {
  return `${Math.round(rate)} deliveries/s`;
}

async function freshPostgres(): Promise<Record<string, string>> {
  const postgres = await startPostgres();
  if (!postgres) throw new Error("No Postgres is installed.");
  cleanUps.push(() => postgres.stop());
  return { DATABASE_URL: postgres.url, ...SECRETS };
}

// A server beside the product makes some tens of deliveries a second: it is there to scale out.
async function benchInngest(receiver: Receiver): Promise<void> {
  const url = process.env.INNGEST_TEST_URL;
  if (!url) return;
  const env = { INNGEST_DEV: url };
  const product = await startBenchProduct({ dataDir: await temporaryFolder(), env });
  await register(product);
  const shared = { product, receiver, database: "pglite", engine: "inngest" };
  await addRun({ ...shared, webhooksPerEvent: 1, deliveries: 400 });
  await addRun({ ...shared, webhooksPerEvent: 5, deliveries: 500 });
  await product.setWebhooks([{ url: `${receiver.url}/latency` }]);
  await addLatency({ ...shared, ratePerSecond: 10 });
  await end(product);
}

type Measured = { product: BenchProduct; receiver: Receiver; database: string; engine: string };

async function addRun(options: Measured & { webhooksPerEvent: number; deliveries: number }): Promise<void> {
  const { database, engine, webhooksPerEvent } = options;
  const rate = Math.round(await measureThroughput(options));
  report.runs.push({
    database,
    engine,
    webhooks_per_event: webhooksPerEvent,
    deliveries_per_s: rate,
    ceiling_ratio: Math.round((rate / (ceilings[database] ?? 0)) * 1000) / 1000,
  });
  say(`${database}, ${engine}: ${rate} deliveries/s with ${webhooksPerEvent} webhooks an event`);
}

async function addLatency(options: Measured & { ratePerSecond: number }): Promise<void> {
  const { database, engine, ratePerSecond } = options;
  const { p50, p95, p99 } = await measureLatency({ ...options, seconds: SECONDS });
  report.latency.push({ database, engine, rate_per_s: ratePerSecond, p50_ms: p50, p95_ms: p95, p99_ms: p99 });
  say(`${database}, ${engine}: p95 ${p95} ms at ${ratePerSecond} events/s`);
}

type OnEmbedded = Omit<Measured, "engine">;

async function addNeighbour({ product, receiver, database }: OnEmbedded): Promise<void> {
  const { aloneMs, besideHungMs, besideDownMs } = await measureNeighbour({
    product,
    receiver,
    seconds: SECONDS,
  });
  report.neighbour.push({
    database,
    p95_ms_alone: aloneMs,
    p95_ms_beside_hung: besideHungMs,
    p95_ms_beside_down: besideDownMs,
  });
  say(
    `${database}: healthy p95 ${aloneMs} ms alone, ${besideHungMs} ms beside one that hangs, ` +
      `${besideDownMs} ms beside one that is down`,
  );
}

async function addFailing({ product, receiver, database }: OnEmbedded): Promise<void> {
  const unordered = await measureFailing({ product, receiver, ordered: false });
  const ordered = await measureFailing({ product, receiver, ordered: true });
  report.failing.push({ database, ordered_per_s: ordered, unordered_per_s: unordered });
  say(
    `${database}: ${ordered} deliveries/s order by order while a third fails, ${unordered} without an order`,
  );
}

async function end(product: BenchProduct): Promise<void> {
  report.peak_rss_mb = Math.max(report.peak_rss_mb, product.rssMb());
  await product.stop();
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-bench-"));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
