import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "./run";

/** What Node 20 and Node 22 bring along. Newer npm installs a lock that these refuse. */
const NPM_VERSIONS = ["10.8.2", "10.9.4"];
const FILES = ["package.json", "package-lock.json", ".npmrc"];
const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ENOTCACHED)\b/;

export type LockProof = {
  isOk: boolean;
  /** The versions of npm that could not be had, because the registry cannot be reached. */
  skipped: string[];
};

/** Asks npm 10, in an empty folder, whether `npm ci` would take the lock; prints npm's reason where it would not. */
export async function proveLock(): Promise<LockProof> {
  const proof: LockProof = { isOk: true, skipped: [] };
  for (const version of NPM_VERSIONS) {
    const npm = ["npx", "--yes", `npm@${version}`];
    const found = await run({ command: [...npm, "--version"], quiet: true });
    if (!found.isOk && UNREACHABLE.test(found.output)) {
      proof.skipped.push(version);
      continue;
    }
    const folder = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-lock-"));
    for (const file of FILES) await copyFile(file, path.join(folder, file));
    const { isOk, output } = await run({ command: [...npm, "ci", "--dry-run"], quiet: true, cwd: folder });
    await rm(folder, { recursive: true, force: true });
    process.stdout.write(
      isOk ? `npm ${version} takes the lock\n` : `npm ${version} refuses the lock:\n${output}\n`,
    );
    if (!isOk) proof.isOk = false;
  }
  return proof;
}
