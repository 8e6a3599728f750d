import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";

export type Totals = {
  passed: number;
  failed: number;
  tests: { name: string; isSkipped: boolean }[];
  /** Those that failed at first and passed when they were tried again, each with its first fault. */
  secondTries: { name: string; fault: string }[];
};

export const NO_TOTALS: Totals = { passed: 0, failed: 0, tests: [], secondTries: [] };

type VitestTest = { fullName: string; status: string; failureMessages?: string[] };
type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; status: string; assertionResults: VitestTest[] }[];
};
type PlaywrightSuite = {
  suites?: PlaywrightSuite[];
  specs: { file: string; title: string; tests: PlaywrightTest[] }[];
};
type PlaywrightTest = { status: string; results?: { error?: { message?: string } }[] };
type PlaywrightReport = {
  suites: PlaywrightSuite[];
  stats: { expected: number; unexpected: number; flaky: number };
  errors: unknown[];
};

/** Reads vitest's JSON report; a file that did not even load counts as one failure. Nothing ran: one failure. */
export function vitestTotals(file: string): Totals {
  const report = read<VitestReport>(file);
  if (!report) return orNothingRan(NO_TOTALS);
  const notLoaded = report.testResults.filter(
    (result) => result.status === "failed" && result.assertionResults.length === 0,
  ).length;
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      name: `${path.relative(process.cwd(), name)}: ${fullName}`,
      isSkipped: status !== "passed" && status !== "failed",
    })),
  );
  const secondTries = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status, failureMessages = [] }) => status === "passed" && failureMessages.length > 0)
      .map(({ fullName, failureMessages }) => ({
        name: `${path.relative(process.cwd(), name)}: ${fullName}`,
        fault: firstLine(failureMessages?.[0]),
      })),
  );
  const failed = report.numFailedTests + notLoaded;
  return orNothingRan({ passed: report.numPassedTests, failed, tests, secondTries });
}

/** Reads Playwright's JSON report; errors outside of tests count as failures. Nothing ran: one failure. */
export function playwrightTotals(file: string): Totals {
  const report = read<PlaywrightReport>(file);
  if (!report) return orNothingRan(NO_TOTALS);
  const { expected, flaky, unexpected } = report.stats;
  const failed = unexpected + report.errors.length;
  const tests = report.suites.flatMap(testsIn);
  const secondTries = report.suites.flatMap(secondTriesIn);
  return orNothingRan({ passed: expected + flaky, failed, tests, secondTries });
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

function secondTriesIn({ suites = [], specs }: PlaywrightSuite): Totals["secondTries"] {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === "flaky")
      .map(({ results }) => ({
        name: `e2e/${file}: ${title}`,
        fault: firstLine(results?.[0]?.error?.message),
      })),
  );
  return [...own, ...suites.flatMap(secondTriesIn)];
}

function firstLine(message = ""): string {
  return stripVTControlCharacters(message).split("\n")[0] ?? "";
}

function orNothingRan(totals: Totals): Totals {
  return totals.passed + totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

function read<Report>(file: string): Report | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Report) : null;
}
