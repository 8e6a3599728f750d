import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A control group of Linux: all its processes together get no more memory than this; the kernel kills who asks for it. */
export type MemoryLimit = {
  /** The command that runs `command` under it from its first byte. */
  enter: (command: string[]) => string[];
  /** Puts a process under it, with what it starts from then on. */
  add: (pid: number) => void;
  /** The most that it held, in bytes; the cache of files counts, which goes first when memory is short. */
  peakBytes: () => number;
  /** How many processes the kernel killed for want of memory. */
  kills: () => number;
  /** Takes the group away once its processes have ended; waits for that. */
  remove: () => Promise<void>;
};

type Files = {
  limit: string;
  swap: string;
  peak: string;
  events: string;
  swapValue: (bytes: number) => string;
};

const ROOT = "/sys/fs/cgroup";
const V1: Files = {
  limit: "memory.limit_in_bytes",
  swap: "memory.memsw.limit_in_bytes",
  peak: "memory.max_usage_in_bytes",
  events: "memory.oom_control",
  // The first version counts memory and swap together.
  swapValue: String,
};
const V2: Files = {
  limit: "memory.max",
  swap: "memory.swap.max",
  peak: "memory.peak",
  events: "memory.events",
  swapValue: () => "0",
};

let made = 0;

/**
 * Makes a group with a limit in bytes; null where this user may not (it takes root on Linux). Files in a folder that is
 * memory, such as /dev/shm, count as well and cannot be given back: put data on a disk.
 */
export function limitMemory(bytes: number): MemoryLimit | null {
  const found = findParent();
  if (!found) return null;
  const { parent, files } = found;
  const group = path.join(parent, `iiko-webhooks-${process.pid}-${made++}`);
  try {
    mkdirSync(group);
    writeFileSync(path.join(group, files.limit), String(bytes));
  } catch {
    if (existsSync(group)) rmdirSync(group);
    return null;
  }
  // Absent where the machine has no swap at all.
  const swap = path.join(group, files.swap);
  if (existsSync(swap)) writeFileSync(swap, files.swapValue(bytes));
  const read = (file: string) => readFileSync(path.join(group, file), "utf8");
  return {
    enter: (command) => [
      "sh",
      "-c",
      'echo $$ > "$0" && exec "$@"',
      path.join(group, "cgroup.procs"),
      ...command,
    ],
    add: (pid) => writeFileSync(path.join(group, "cgroup.procs"), String(pid)),
    peakBytes: () => Number(read(files.peak)),
    kills: () => Number(/^oom_kill (\d+)$/m.exec(read(files.events))?.[1] ?? 0),
    remove: async () => {
      while (read("cgroup.procs") !== "") await sleep(20);
      rmdirSync(group);
    },
  };
}

function findParent(): { parent: string; files: Files } | null {
  const first = path.join(ROOT, "memory");
  if (existsSync(path.join(first, V1.limit))) return { parent: first, files: V1 };
  const controllers = path.join(ROOT, "cgroup.controllers");
  if (!existsSync(controllers) || !readFileSync(controllers, "utf8").includes("memory")) return null;
  return { parent: ROOT, files: V2 };
}
