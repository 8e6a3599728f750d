import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DIST = path.resolve(ROOT, process.env.NEXT_DIST_DIR ?? ".next");
const STAMP = path.join(DIST, "built-from");
const SOURCE_FOLDERS = ["app", "components", "db", "inngest", "lib", "public"];
const SOURCE_FILES = [
  "instrumentation.ts",
  "proxy.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

/**
 * Makes the production build unless the one in place was made from these very sources.
 * Returns whether it built; throws one readable Error when the build fails.
 */
export function buildIfStale() {
  if (isFresh()) return false;
  const startedAt = performance.now();
  console.log("Building the product, as its sources are new or changed; about half a minute …");
  build({ isQuiet: true });
  console.log(`✓ Built in ${Math.round((performance.now() - startedAt) / 1000)} s`);
  return true;
}

// A clone or a checkout gives every file a new time, so the contents are compared, not the times.
function isFresh() {
  if (!existsSync(path.join(DIST, "BUILD_ID")) || !existsSync(STAMP)) return false;
  return readFileSync(STAMP, "utf8") === sourcesHash();
}

function build({ isQuiet = false } = {}) {
  const hash = sourcesHash();
  const next = path.join(ROOT, "node_modules/next/dist/bin/next");
  if (!existsSync(next)) throw new Error("The dependencies are not installed: run `npm ci` first.");
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const stdio = isQuiet ? ["ignore", "pipe", "pipe"] : "inherit";
  const result = spawnSync(process.execPath, [next, "build"], { cwd: ROOT, stdio, env });
  if (result.status !== 0 && isQuiet) process.stderr.write(Buffer.concat([result.stdout, result.stderr]));
  if (result.status !== 0) throw new Error("The production build failed; the reason is above.");
  writeFileSync(STAMP, hash);
}

function sourcesHash() {
  const hash = createHash("sha256").update(process.version);
  for (const file of [...SOURCE_FOLDERS.flatMap(filesBelow), ...SOURCE_FILES]) {
    const absolute = path.join(ROOT, file);
    if (!existsSync(absolute)) continue;
    hash.update(`\0${file}\0`).update(readFileSync(absolute));
  }
  return hash.digest("hex");
}

function filesBelow(folder) {
  const absolute = path.join(ROOT, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    if (process.argv.includes("--if-stale")) buildIfStale();
    else build();
  } catch (error) {
    console.error(`✗ ${error.message}`);
    process.exit(1);
  }
}
