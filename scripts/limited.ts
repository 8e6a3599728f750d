import { spawn } from "node:child_process";
import { once } from "node:events";
import { limitMemory } from "./test/memory-limit";

/** `npm run limited -- 1024 npm start`: a command under a real limit of so many MiB; tells its peak at the end. */
const [mib = "", program = "", ...args] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(mib) || program === "") {
  console.error("Give the limit in MiB and a command: npm run limited -- 1024 npm start");
  process.exit(2);
}
const limit = limitMemory(Number(mib) * 2 ** 20);
if (!limit) {
  console.error(
    "This user may not make a control group here: be root on Linux, or use systemd-run --scope -p MemoryMax=1G.",
  );
  process.exit(2);
}
const [shell = "", ...words] = limit.enter([program, ...args]);
const child = spawn(shell, words, { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
const peakMib = Math.round(limit.peakBytes() / 2 ** 20);
console.error(
  `At most ${peakMib} of ${mib} MiB, the cache of files counted; killed for want of memory: ${limit.kills()}`,
);
await limit.remove();
process.exit(signal === null ? (code ?? 1) : 137);
