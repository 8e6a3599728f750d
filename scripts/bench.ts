import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { SECRETS } from "@/e2e/support/database";
import { register } from "@/e2e/support/engine";
import { type BenchProduct, startBenchProduct } from "./bench/bench-product";
import { createCollector } from "./bench/collect";
import { measureBesideOthers, measureMemoryPending, measureWarm } from "./bench/growth";
import { measureLogPages } from "./bench/log-pages";
import { startNoopApp } from "./bench/noop-app";
import { measureRawCeiling } from "./bench/raw-ceiling";
import { type Receiver, startReceiver } from "./bench/receiver";
import { describeMachine, printReport } from "./bench/report";
import { measureThroughput } from "./bench/throughput";
import { findBinaries, startPostgres } from "./test/postgres";
import { run } from "./test/run";

/**
 * `npm run bench`: the raw ceiling of each database and what the product makes of it, in one run on one machine.
 * `--json` prints the report for machines. Where INNGEST_TEST_URL names a dev server, on Inngest too, whose ceiling is
 * an app that does nothing; `--inngest` leaves the rest out. `--growth` tells instead
 * whether a delivery costs more with a million rows in the log or hundreds of webhooks, and takes longer.
 */
const isJson = process.argv.includes("--json");
const isGrowth = process.argv.includes("--growth");
const isInngestOnly = process.argv.includes("--inngest");
const WEBHOOKS_PER_EVENT = [1, 5, 20];
const RATES_PER_SECOND = [50, 200, 1000];
const SECONDS = 5;
// About five seconds of work at 40 % of the ceiling.
const DELIVERIES_PER_CEILING = 2;
const GROWTH_DELIVERIES = 25_000;
const GROWTH_LOG_ROWS = 1_000_000;

const collector = createCollector(say);
const { report, ceilings, addRun, addLatency, addCompany } = collector;
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

  if (!isInngestOnly) await benchDatabases(receiver);
  if (isGrowth) return;
  // Whatever that server does, what was measured is told.
  await benchInngest(receiver).catch((error: unknown) => say(`inngest: left out: ${String(error)}`));

  report.raw_ceiling_per_s = ceilings.pglite ?? 0;
  if (isJson) process.stdout.write(`${JSON.stringify(report)}\n`);
  else printReport(report, ceilings);
}

async function benchDatabases(receiver: Receiver): Promise<void> {
  const measure = isGrowth ? benchGrowth : benchEmbedded;
  await measure({ database: "pglite", freshDatabase: async () => ({}), receiver });
  if (findBinaries()) await measure({ database: "postgres", freshDatabase: freshPostgres, receiver });
  else say("No Postgres is installed: left out.");
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
    await addLatency({ product, receiver, database, engine: "embedded", ratePerSecond, seconds: SECONDS });
  }
  await collector.addNeighbour({ product, receiver, database, seconds: SECONDS });
  await collector.addFailing({ product, receiver, database });
  // Measured once, on the embedded database.
  if (!env.DATABASE_URL) {
    const shared = { product, receiver, database, engine: "embedded" };
    await addCompany({ ...shared, ratePerSecond: 200, seconds: SECONDS });
  }
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
  const noop = await startNoopApp({ inngestUrl: url, receiver });
  const ceiling = { product: noop, receiver, database: "", engine: "no-op app on Inngest" };
  // Not counted, as for the databases.
  await measureThroughput({ ...ceiling, webhooksPerEvent: 1, deliveries: 200 });
  ceilings.inngest = Math.round(
    await measureThroughput({ ...ceiling, webhooksPerEvent: 1, deliveries: 500 }),
  );
  say(`inngest: an app that does nothing makes ${ceilings.inngest} deliveries/s`);
  await addLatency({ ...ceiling, ratePerSecond: 10, seconds: 10 });
  noop.stop();

  const env = { INNGEST_DEV: url };
  const product = await startBenchProduct({ dataDir: await temporaryFolder(), env });
  await register(product);
  const shared = { product, receiver, database: "pglite", engine: "inngest" };
  await measureThroughput({ ...shared, webhooksPerEvent: 1, deliveries: 200 });
  await addRun({ ...shared, webhooksPerEvent: 1, deliveries: 500 });
  await addRun({ ...shared, webhooksPerEvent: 5, deliveries: 500 });
  await product.setWebhooks([{ url: `${receiver.url}/latency` }]);
  await addLatency({ ...shared, ratePerSecond: 10, seconds: 10 });
  await addCompany({ ...shared, ratePerSecond: 2, seconds: 20 });
  await end(product);
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
