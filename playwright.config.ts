import { defineConfig } from "@playwright/test";
import { findSystemChromium } from "./e2e/support/find-chromium";

const executablePath = findSystemChromium();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // Each file starts a product of its own, and waits for half of its time: three keep two cores busy.
  workers: 3,
  // For machines several times slower: only what fails waits for it.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // A test that needed its second try is named at the end of `npm test`: seen, but no reason to refuse the rest.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE
    ? [["list"], ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE }]]
    : "list",
  use: {
    // Recording every test costs a third of the time; `--trace retain-on-failure` does it when one is sought.
    trace: "off",
    screenshot: "only-on-failure",
    locale: "ru-RU",
    // Nothing to be waited for until it stands still.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: executablePath ? { executablePath } : {},
  },
});
