import { randomBytes } from "node:crypto";
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** `file` is there as long as the lock is held, and begins with its heartbeat. */
export type DataDirLock = { file: string; release: () => void };

type Owner = { pid: number; startedAt: string | null; place: string | null };
type Found = { generation: number; beat: string; owner: Owner | null };
type Options = { dataDir: string; waitMs?: number; staleMs?: number };

const NAME = /^lock-(\d+)$/;
const BEAT_LENGTH = 8;
const RELEASED = "released";
const BEAT_MS = 1_000;
const POLL_MS = 250;

/**
 * Takes DATA_DIR for this process; PGlite has no lock of its own and a second opener silently loses data. Each holder
 * makes the file `lock-<n>`, one number up from the last, which two can never both do. Its predecessor must have let
 * go, be dead, or, where this process cannot see it (another container or machine), have shown no heartbeat for 10 s.
 * Waits up to 15 s for one that is stopping, then throws naming it. A holder whose file is gone ends the process.
 */
export async function lockDataDir(options: Options): Promise<DataDirLock> {
  const { dataDir, waitMs = 15_000, staleMs = 10_000 } = options;
  const isSilent = watchBeats(staleMs / POLL_MS);
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const found = newestLock(dataDir);
    if (!found || isOver(found) || isSilent(found)) {
      const file = takeAfter({ dataDir, generation: found?.generation ?? 0 });
      if (file) return hold(file);
    } else if (waitedMs >= waitMs) throw inUse({ dataDir, owner: found.owner });
    await sleep(POLL_MS);
  }
}

function newestLock(dataDir: string): Found | null {
  const generation = Math.max(0, ...generations(dataDir));
  if (generation === 0) return null;
  try {
    const text = readFileSync(fileOf({ dataDir, generation }), "utf8");
    return { generation, beat: text.slice(0, BEAT_LENGTH), owner: parseOwner(text.slice(BEAT_LENGTH)) };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return newestLock(dataDir);
    throw error;
  }
}

function generations(dataDir: string): number[] {
  return readdirSync(dataDir).flatMap((name) => Number(NAME.exec(name)?.[1] ?? []));
}

function fileOf({ dataDir, generation }: { dataDir: string; generation: number }): string {
  return path.join(dataDir, `lock-${generation}`);
}

// Its holder may be about to write it.
function parseOwner(text: string): Owner | null {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return null;
  }
}

function isOver({ beat, owner }: Found): boolean {
  if (beat === RELEASED) return true;
  return owner !== null && isVisible(owner) && !isAlive(owner);
}

// Counts its own looks and not the time: both processes may have been asleep.
function watchBeats(looks: number): (found: Found) => boolean {
  let seen = "";
  let unchanged = 0;
  return ({ generation, beat, owner }) => {
    const now = `${generation} ${beat}`;
    unchanged = now === seen ? unchanged + 1 : 0;
    seen = now;
    // One that is alive but frozen may wake up in the middle of a write.
    return unchanged >= looks && !(owner && isVisible(owner));
  };
}

/** Makes the next lock, or returns null when another process did. */
function takeAfter({ dataDir, generation }: { dataDir: string; generation: number }): string | null {
  const mine = generation + 1;
  const file = fileOf({ dataDir, generation: mine });
  const owner: Owner = { pid: process.pid, startedAt: processStart("self"), place: PLACE };
  try {
    writeFileSync(file, newBeat() + JSON.stringify(owner), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (codeOf(error) === "EEXIST") return null;
    throw error;
  }
  const others = generations(dataDir).filter((other) => other !== mine);
  // Whoever looked long ago makes a number that was taken and given up since: the newest file always stays.
  if (others.some((other) => other > mine)) {
    rmSync(file, { force: true });
    return null;
  }
  for (const other of others) rmSync(fileOf({ dataDir, generation: other }), { force: true });
  return file;
}

function hold(file: string): DataDirLock {
  const beating = setInterval(() => {
    if (!writeBeat({ file, beat: newBeat() })) stopAtOnce(path.dirname(file));
  }, BEAT_MS);
  beating.unref();
  const release = () => {
    clearInterval(beating);
    process.off("exit", release);
    writeBeat({ file, beat: RELEASED });
  };
  process.once("exit", release);
  return { file, release };
}

/** False when the lock is lost. */
function writeBeat({ file, beat }: { file: string; beat: string }): boolean {
  try {
    const opened = openSync(file, "r+");
    try {
      writeSync(opened, beat, 0);
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    // Anything else, a full disk for one, takes the lock from nobody.
    return codeOf(error) !== "ENOENT";
  }
  return true;
}

function newBeat(): string {
  return randomBytes(BEAT_LENGTH / 2).toString("hex");
}

function stopAtOnce(dataDir: string): void {
  process.stderr.write(
    `\n${dataDir} was taken over by another iiko-webhooks process, since this one gave no sign of life, or its lock ` +
      "file was removed. This one ends, as two would lose data.\n",
  );
  process.exit(1);
}

const PLACE = placeOfProcess();

/** Where a pid means the same process: one PID namespace of one boot. Null where that cannot be told. */
function placeOfProcess(): string | null {
  if (process.platform !== "linux") return hostname();
  try {
    // A /proc of another namespace shows other processes under our pids.
    if (Number.parseInt(readFileSync("/proc/self/stat", "utf8"), 10) !== process.pid) return null;
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return null;
  }
}

function isVisible(owner: Owner): boolean {
  return PLACE !== null && owner.place === PLACE;
}

// In a container every start has the same pid, and pids are reused: the start time tells them apart.
function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
  return owner.startedAt === null || owner.startedAt === processStart(owner.pid);
}

/** Clock ticks since boot at which the process began; null where /proc is absent or the process has ended. */
function processStart(pid: number | "self"): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" || state === "X" ? null : (fields[18] ?? null);
  } catch {
    return null;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function inUse({ dataDir, owner }: { dataDir: string; owner: Owner | null }): Error {
  const where = owner && !isVisible(owner) ? ", in another container or on another machine" : "";
  return new Error(
    `${dataDir} is in use by another iiko-webhooks process (pid ${owner?.pid ?? "unknown"}${where}). Stop it first, ` +
      "or give this one a DATA_DIR of its own. To run several processes on one database, set DATABASE_URL to a Postgres.",
  );
}
