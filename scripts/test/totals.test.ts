import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { playwrightTotals, vitestTotals } from "./totals";

const folder = mkdtempSync(path.join(tmpdir(), "iiko-webhooks-totals-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(report: unknown): string {
  const file = path.join(folder, "report.json");
  writeFileSync(file, JSON.stringify(report));
  return file;
}

test("a unit test that passed at its second try counts as passed, and is named with its first fault", () => {
  const name = path.join(process.cwd(), "lib/a.test.ts");
  const assertionResults = [
    { fullName: "a", status: "passed", failureMessages: [] },
    { fullName: "b", status: "passed", failureMessages: ["Error: too early\n  at lib/a.test.ts:3"] },
    { fullName: "c", status: "failed", failureMessages: ["Error: wrong", "Error: wrong"] },
  ];
  const testResults = [{ name, status: "failed", assertionResults }];
  expect(vitestTotals(written({ numPassedTests: 2, numFailedTests: 1, testResults }))).toMatchObject({
    passed: 2,
    failed: 1,
    secondTries: [{ name: "lib/a.test.ts: b", fault: "Error: too early" }],
  });
});

test("so does one in the browser, however deep its suite stands", () => {
  const spec = { file: "a.spec.ts", title: "a", tests: [{ status: "expected", results: [{}] }] };
  const results = [{ error: { message: "\u001b[31mError: not there\u001b[39m\n\nCall log" } }, {}];
  const flaky = { file: "a.spec.ts", title: "b", tests: [{ status: "flaky", results }] };
  const report = {
    suites: [{ specs: [spec], suites: [{ specs: [flaky] }] }],
    stats: { expected: 1, flaky: 1, unexpected: 0 },
    errors: [],
  };
  expect(playwrightTotals(written(report))).toMatchObject({
    passed: 2,
    failed: 0,
    secondTries: [{ name: "e2e/a.spec.ts: b", fault: "Error: not there" }],
  });
});
