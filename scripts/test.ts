import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureChromium } from "./test/chromium";
import { proveLock } from "./test/lock";
import { startNeonProxy } from "./test/neon-proxy";
import { startPostgres } from "./test/postgres";
import { run, step } from "./test/run";
import { keepTemporaryFoldersInMemory } from "./test/temporary-folder";
import { NO_TOTALS, playwrightTotals, skippedAlways, type Totals, vitestTotals } from "./test/totals";

const NO_POSTGRES = `
!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
!!  NOT TESTED ON POSTGRES: no server is installed here and TEST_DATABASE_URL is not set.         !!
!!  Install one (Debian: apt-get install postgresql) or give TEST_DATABASE_URL=postgres://…       !!
!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
`;

const NO_NPM = `
!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
!!  THE LOCK IS NOT PROVEN with npm VERSIONS: the registry cannot be reached from here.
!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
`;

// Where statements, transactions and locks meet the driver; above them the verbs are the same on Postgres.
const NEON_FOLDERS = ["db/", "inngest/", "lib/deliveries/", "lib/iiko/"];
// With the statements that find and count. What stands above them uses a database once, Postgres: the same on PGlite,
// on which the end-to-end tests run.
const PGLITE_FOLDERS = [...NEON_FOLDERS, "lib/log/", "lib/webhooks/"];

type Env = Record<string, string | undefined>;
const NO_SERVER: Env = { TEST_DATABASE_URL: undefined, TEST_NEON_PROXY: undefined };

/** `npm test`: every check there is, in the order in which a mistake is cheapest to find. */
keepTemporaryFoldersInMemory();
const reports = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-reports-"));
const totals: Totals = { ...NO_TOTALS, tests: [], secondTries: [] };
const failedSteps: string[] = [];
let isPostgresMissing = false;
let npmNotTried: string[] = [];

process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

await check("The lock, by npm 10 (npm ci --dry-run)", async () => {
  const { isOk, skipped } = await proveLock();
  npmNotTried = skipped;
  return isOk;
});
await check("Lint and format (Biome)", () => command("npx", "biome", "check", "--error-on-warnings", "."));
await check("Types (next typegen, tsc)", () => command("npm", "run", "--silent", "typecheck"));
// Beside the unit tests, which leave a core idle now and then.
const building = run({ command: ["node", "scripts/build.mjs", "--if-stale"], quiet: true });
await unitTests().catch((error: unknown) =>
  check("A Postgres server for the tests", () => Promise.reject(error)),
);
const isBuilt = await check("Production build (next build), begun before the unit tests", async () => {
  const { isOk, output } = await building;
  process.stdout.write(output);
  return isOk;
});
await check(
  "End-to-end tests on the production build (Playwright)",
  async () => isBuilt && (await playwright()),
);

await rm(reports, { recursive: true, force: true });
if (isPostgresMissing) process.stdout.write(NO_POSTGRES);
if (npmNotTried.length > 0) process.stdout.write(NO_NPM.replace("VERSIONS", npmNotTried.join(" and ")));
const skipped = skippedAlways(totals.tests);
if (skipped.length > 0) process.stdout.write(`\nSkipped in every step:\n  ${skipped.join("\n  ")}\n`);
for (const { name, fault } of totals.secondTries) {
  process.stdout.write(`\nPassed only at the second try: ${name}\n  at first: ${fault}\n`);
}
if (failedSteps.length > 0) process.stdout.write(`\nFailed: ${failedSteps.join("; ")}\n`);
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`);
process.exit(failedSteps.length > 0 || totals.failed > 0 || totals.passed === 0 ? 1 : 0);

async function check(title: string, work: () => Promise<boolean>): Promise<boolean> {
  const failedBefore = totals.failed;
  const isOk = await step(title, work).catch((error: unknown) => {
    process.stdout.write(`✗ ${title}: ${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  });
  if (isOk) return true;
  failedSteps.push(title);
  // A failure that no test reported (lint, types, build, a crash) must still show in the last line.
  if (totals.failed === failedBefore) totals.failed += 1;
  return false;
}

async function command(...words: string[]): Promise<boolean> {
  return (await run({ command: words })).isOk;
}

type UnitTests = { name: string; files: string[]; env?: Env; quiet?: boolean };

/** Begins unit tests; what is returned waits for them, says what they said where they were quiet, and counts them. */
function beginVitest({ name, files, env = {}, quiet = false }: UnitTests): () => Promise<boolean> {
  const report = path.join(reports, `${name}.json`);
  const words = ["npx", "vitest", "run", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  const running = run({ command: [...words, ...files], env: { ...NO_SERVER, ...env }, quiet });
  return async () => {
    const { isOk, output } = await running;
    process.stdout.write(output);
    return add(vitestTotals(report)) && isOk;
  };
}

function vitest(tests: UnitTests): Promise<boolean> {
  return beginVitest(tests)();
}

async function playwright(): Promise<boolean> {
  if (!(await ensureChromium())) return false;
  const report = path.join(reports, "playwright.json");
  const result = await run({
    command: ["npx", "playwright", "test"],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, E2E_PICTURES: "none" },
  });
  return add(playwrightTotals(report)) && result.isOk;
}

/**
 * What opens a database on Postgres, and what is near it on PGlite and over Neon's driver too: WebSocket to a proxy
 * before it. All of it on PGlite where there is no Postgres.
 */
async function unitTests(): Promise<void> {
  const given = process.env.TEST_DATABASE_URL;
  const postgres = given ? null : await startPostgres();
  const url = given ?? postgres?.url;
  const files = filesWithDatabase();
  const isOnPglite = (file: string) => PGLITE_FOLDERS.some((folder) => file.startsWith(folder));
  const elsewhere = url ? files.filter((file) => !isOnPglite(file)) : [];
  await check("Unit and integration tests on PGlite (Vitest)", () =>
    vitest({ name: "pglite", files: elsewhere.map((file) => `--exclude=${file}`) }),
  );
  if (!url) {
    isPostgresMissing = true;
    return;
  }
  const env = { TEST_DATABASE_URL: url };
  const driven = files.filter((file) => NEON_FOLDERS.some((folder) => file.startsWith(folder)));
  const proxy = await startNeonProxy(url);
  // Both wait for the server more than they work.
  const onNeon = beginVitest({
    name: "neon",
    files: driven,
    env: { ...env, TEST_NEON_PROXY: proxy.address },
    quiet: true,
  });
  await check("Integration tests on Postgres (Vitest)", () => vitest({ name: "postgres", files, env }));
  await check("Integration tests over Neon's driver (Vitest), begun with those on Postgres", onNeon);
  proxy.stop();
  postgres?.stop();
}

/** The test files that open a database; the rest would only run the same pure rules twice. */
function filesWithDatabase(): string[] {
  return ["app", "db", "inngest", "lib"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => path.join(folder, file)),
    )
    .filter((file) => /\.test\.tsx?$/.test(file))
    .filter((file) => /testing\/database"|\.\/database"|TEST_DATABASE_URL/.test(readFileSync(file, "utf8")));
}

function add({ passed, failed, tests, secondTries }: Totals): boolean {
  totals.tests.push(...tests);
  totals.secondTries.push(...secondTries);
  totals.passed += passed;
  totals.failed += failed;
  return failed === 0;
}
