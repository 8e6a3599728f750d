import { existsSync } from "node:fs";
import path from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** CHROMIUM_PATH, else a Chromium or Chrome that the system has installed; null when there is none. */
export function findSystemChromium(): string | null {
  const inPath = (process.env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  const candidates = [process.env.CHROMIUM_PATH, ...inPath, MAC];
  return candidates.find((file) => file !== undefined && existsSync(file)) ?? null;
}
