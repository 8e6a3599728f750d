import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { findSystemChromium } from "@/e2e/support/find-chromium";
import { run } from "./run";

const PACKAGES = ["chromium-headless-shell", "chromium"];

/** Makes sure that a browser is there: Playwright's own, a system one, else it installs one. False when it cannot. */
export async function ensureChromium(): Promise<boolean> {
  if (isThere()) return true;
  process.stdout.write("No Chromium found; installing one …\n");
  await run({ command: ["npx", "playwright", "install", "--with-deps", "chromium"] });
  if (isThere()) return true;
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  await run({ command: [...sudo, "apt-get", "update", "-qq"] });
  for (const name of PACKAGES) {
    await run({ command: [...sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", name] });
    if (isThere()) return true;
  }
  process.stdout.write(
    "Chromium could not be installed. Install it, or name one in CHROMIUM_PATH, and run again.\n",
  );
  return false;
}

function isThere(): boolean {
  return findSystemChromium() !== null || existsSync(chromium.executablePath());
}
