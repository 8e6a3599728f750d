import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { skipped } from "./database";

// libfaketime sets the clock of one process and leaves this one's alone.
const LIBRARY = [
  "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
  "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
].find(existsSync);

/** A clock of a product's own: what its environment must say, and the offset from ours, such as "+1h" or "-300". */
export type Clock = { env: Record<string, string>; set: (offset: string) => Promise<void> };

/** Keeps the clock's file in `folder`. Skips the test, loudly, where libfaketime is not installed. */
export async function makeClock(folder: string): Promise<Clock> {
  if (!LIBRARY) throw skipped("libfaketime is not installed: apt-get install libfaketime");
  const file = path.join(folder, "clock");
  const set = (offset: string) => writeFile(file, offset);
  await set("+0");
  const env = {
    LD_PRELOAD: LIBRARY,
    FAKETIME_TIMESTAMP_FILE: file,
    // The file is read once a second, not at every look at the clock.
    FAKETIME_CACHE_DURATION: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
  return { env, set };
}
