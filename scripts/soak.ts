import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { run, step } from "./test/run";
import { playwrightTotals } from "./test/totals";

const SPECS = [
  "crash",
  "faults",
  "floods",
  "hostile",
  "inngest",
  "load",
  "memory",
  "outage",
  "panel-accessible",
  "panel-speed",
  "panel-pause",
];
const WITHIN_MINUTES = 130;

/**
 * `npm run test:soak`: what takes too long for `npm test`: twenty kills, 30 s without a database, ten takeovers,
 * hostile receivers a thousand times, a burst of 50,000 events, outages with 10,000 waiting and all that people do
 * meanwhile, floods of strangers, 1 GB of memory, every page and dialog before axe. Ends after 130 minutes at the
 * latest and prints what was measured.
 */
const reports = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-soak-"));
const figuresFile = path.join(reports, "figures");
const reportFile = path.join(reports, "playwright.json");

const isOk =
  (await step("Production build (next build)", () => command("node", "scripts/build.mjs", "--if-stale"))) &&
  (await step("Soak tests on the production build (Playwright)", soak));

const figures = existsSync(figuresFile) ? readFileSync(figuresFile, "utf8") : "";
const totals = playwrightTotals(reportFile);
await rm(reports, { recursive: true, force: true });
process.stdout.write(`\nMeasured:\n${figures.replace(/^(?=.)/gm, "  · ")}`);
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`);
process.exit(isOk && totals.failed === 0 ? 0 : 1);

function soak(): Promise<boolean> {
  const limits = [`--global-timeout=${WITHIN_MINUTES * 60_000}`, "--workers=1"];
  return command("npx", "playwright", "test", ...SPECS.map((name) => `e2e/${name}`), ...limits);
}

async function command(...words: string[]): Promise<boolean> {
  const env = { SOAK: "1", SOAK_FIGURES_FILE: figuresFile, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile };
  return (await run({ command: words, env })).isOk;
}
