import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

export type Totals = { passed: number; failed: number; tests: { name: string; isSkipped: boolean }[] };

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[];
};
type PlaywrightSuite = {
  suites?: PlaywrightSuite[];
  specs: { file: string; title: string; tests: { status: string }[] }[];
};
type PlaywrightReport = {
  suites: PlaywrightSuite[];
  stats: { expected: number; unexpected: number; flaky: number };
  errors: unknown[];
};

/** Reads vitest's JSON report; a file that did not even load counts as one failure. Nothing ran: one failure. */
export function vitestTotals(file: string): Totals {
  const report = read<VitestReport>(file);
  if (!report) return orNothingRan({ passed: 0, failed: 0, tests: [] });
  const notLoaded = report.testResults.filter(
    (result) => result.status === "failed" && result.assertionResults.length === 0,
  ).length;
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      name: `${path.relative(process.cwd(), name)}: ${fullName}`,
      isSkipped: status !== "passed" && status !== "failed",
    })),
  );
  return orNothingRan({ passed: report.numPassedTests, failed: report.numFailedTests + notLoaded, tests });
}

/** Reads Playwright's JSON report; errors outside of tests count as failures. Nothing ran: one failure. */
export function playwrightTotals(file: string): Totals {
  const report = read<PlaywrightReport>(file);
  if (!report) return orNothingRan({ passed: 0, failed: 0, tests: [] });
  const { expected, flaky, unexpected } = report.stats;
  const tests = report.suites.flatMap(testsIn);
  return orNothingRan({ passed: expected + flaky, failed: unexpected + report.errors.length, tests });
}

/** The titles of those that were skipped wherever they stand: what is not installed here is not tested. */
export function skippedAlways(tests: Totals["tests"]): string[] {
  const ran = new Set(tests.flatMap(({ name, isSkipped }) => (isSkipped ? [] : name)));
  return [...new Set(tests.map(({ name }) => name))].filter((name) => !ran.has(name));
}

function testsIn({ suites = [], specs }: PlaywrightSuite): Totals["tests"] {
  const own = specs.map(({ file, title, tests }) => ({
    name: `e2e/${file}: ${title}`,
    isSkipped: tests.every(({ status }) => status === "skipped"),
  }));
  return [...own, ...suites.flatMap(testsIn)];
}

function orNothingRan(totals: Totals): Totals {
  return totals.passed + totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

function read<Report>(file: string): Report | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Report) : null;
}
