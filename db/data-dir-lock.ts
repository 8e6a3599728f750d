import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

type Owner = { pid: number; startedAt: string | null };

const WAIT_MS = 15_000;
const POLL_MS = 250;

/**
 * Takes DATA_DIR for this process; PGlite has no lock of its own and a second opener silently loses data.
 * Waits up to 15 s for a predecessor that is stopping, then throws naming its pid. Returns the unlock.
 */
export async function lockDataDir(dataDir: string): Promise<() => void> {
  const file = path.join(dataDir, "lock");
  const deadline = Date.now() + WAIT_MS;
  while (!tryCreate(file)) {
    const owner = readOwner(file);
    if (!owner || !isAlive(owner)) {
      rmSync(file, { force: true });
      continue;
    }
    if (Date.now() > deadline) throw inUse(dataDir, owner);
    await sleep(POLL_MS);
  }
  const unlock = () => {
    if (readOwner(file)?.pid === process.pid) rmSync(file, { force: true });
  };
  process.once("exit", unlock);
  return unlock;
}

function tryCreate(file: string): boolean {
  const owner: Owner = { pid: process.pid, startedAt: processStart(process.pid) };
  try {
    writeFileSync(file, JSON.stringify(owner), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readOwner(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Owner;
  } catch {
    return null;
  }
}

// In a container every start has the same pid, and pids are reused: the start time tells them apart.
function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return owner.startedAt === null || owner.startedAt === processStart(owner.pid);
}

/** Clock ticks since boot at which the process began; null where /proc is absent. */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

function inUse(dataDir: string, owner: Owner): Error {
  return new Error(
    `${dataDir} is in use by another iiko-webhooks process (pid ${owner.pid}). Stop it first, or give this one ` +
      "a DATA_DIR of its own. To run several processes on one database, set DATABASE_URL to a Postgres.",
  );
}
