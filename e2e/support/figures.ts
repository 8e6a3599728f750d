import { appendFileSync, readFileSync } from "node:fs";

/** `npm run test:soak` runs the long versions. */
export const IS_SOAK = Boolean(process.env.SOAK);

/** Prints what was measured; the soak test collects these lines for its summary. */
export function figure(line: string): void {
  process.stdout.write(`    · ${line}\n`);
  if (process.env.SOAK_FIGURES_FILE) appendFileSync(process.env.SOAK_FIGURES_FILE, `${line}\n`);
}

/** The resident memory of a process in MiB, by Linux; null elsewhere. */
export function residentMiB(pid: number): number | null {
  try {
    const [, kib] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kib === undefined ? null : Math.round(Number(kib) / 1024);
  } catch {
    return null;
  }
}

/** Watches the memory of a process every 100 ms; `stop` returns the peak in MiB. */
export function watchMemory(pid: number): { stop: () => number | null } {
  let peak = residentMiB(pid);
  const timer = setInterval(() => {
    const now = residentMiB(pid);
    if (now !== null) peak = Math.max(peak ?? 0, now);
  }, 100);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}
