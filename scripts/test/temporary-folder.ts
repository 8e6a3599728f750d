import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { freemem } from "node:os";

const MEMORY = "/dev/shm";
const NEEDS_BYTES = 4 * 2 ** 30;

/**
 * Puts the temporary folders of this process and its children into memory, where there is plenty of it: each embedded
 * database is a thousand files, and on some disks making them takes a second. Removed when this process ends.
 */
export function keepTemporaryFoldersInMemory(): void {
  if (!existsSync(MEMORY)) return;
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize < NEEDS_BYTES || freemem() < 2 * NEEDS_BYTES) return;
  const folder = mkdtempSync(`${MEMORY}/iiko-webhooks-tests-`);
  // Postgres, which refuses to run as root, has its folder in it as another user.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}
