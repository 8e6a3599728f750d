import { existsSync } from "node:fs";
import path from "node:path";

// The shell is the same engine without a browser's own windows, which cost more than our pages.
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** CHROMIUM_PATH, else a Chromium or Chrome that the system has installed; null when there is none. */
export function findSystemChromium(): string | null {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const inPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const candidates = [process.env.CHROMIUM_PATH, ...inPath, MAC];
  return candidates.find((file) => file !== undefined && existsSync(file)) ?? null;
}
