import { existsSync, readFileSync } from "node:fs";

export type Totals = { passed: number; failed: number };

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number };
  errors: unknown[];
};

/** Reads vitest's JSON report; a file that did not even load counts as one failure. Nothing ran: one failure. */
export function vitestTotals(file: string): Totals {
  const report = read<VitestReport>(file);
  if (!report) return { passed: 0, failed: 1 };
  const notLoaded = report.testResults.filter(
    (result) => result.status === "failed" && result.assertionResults.length === 0,
  ).length;
  return orNothingRan({ passed: report.numPassedTests, failed: report.numFailedTests + notLoaded });
}

/** Reads Playwright's JSON report; errors outside of tests count as failures. Nothing ran: one failure. */
export function playwrightTotals(file: string): Totals {
  const report = read<PlaywrightReport>(file);
  if (!report) return { passed: 0, failed: 1 };
  const { expected, flaky, unexpected } = report.stats;
  return orNothingRan({ passed: expected + flaky, failed: unexpected + report.errors.length });
}

function orNothingRan(totals: Totals): Totals {
  return totals.passed + totals.failed === 0 ? { passed: 0, failed: 1 } : totals;
}

function read<Report>(file: string): Report | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Report) : null;
}
