import { type DataDirLock, lockDataDir } from "@/db/data-dir-lock";

// A process of its own for the lock's tests: takes the folder that it is sent, instead of the last one, and says what
// came of it.
let held: DataDirLock | undefined;

process.on("message", async (options: Parameters<typeof lockDataDir>[0]) => {
  held?.release();
  held = undefined;
  try {
    held = await lockDataDir(options);
    process.send?.("held");
  } catch (error) {
    process.send?.((error as Error).message);
  }
});
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
