import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { limitMemory } from "./memory-limit";

const MIB = 2 ** 20;

/** Takes `mib` MiB once it is told to, which is after it came under the limit. */
function eater(mib: number) {
  const source = `process.stdin.once("data", () => { globalThis.held = Buffer.alloc(${mib * MIB}, 1); process.exit(7) })`;
  return spawn(process.execPath, ["-e", source], { stdio: ["pipe", "ignore", "ignore"] });
}

test.each([
  { mib: 50, ending: [7, null], kills: 0 },
  { mib: 400, ending: [null, "SIGKILL"], kills: 1 },
])("a process that takes $mib MiB of 200 ends with $ending", async ({ mib, ending, kills }) => {
  const limit = limitMemory(200 * MIB);
  if (!limit)
    return console.warn("!! NOT TESTED: this user may not make a control group here (root on Linux may)");
  const child = eater(mib);
  limit.add(child.pid ?? 0);
  const exited = once(child, "exit");
  child.stdin.end("go");
  expect(await exited).toEqual(ending);
  expect(limit.kills()).toBe(kills);
  expect(limit.peakBytes()).toBeGreaterThan(50 * MIB);
  expect(limit.peakBytes()).toBeLessThanOrEqual(200 * MIB);
  await limit.remove();
});
