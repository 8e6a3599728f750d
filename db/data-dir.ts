import { accessSync, constants, mkdirSync } from "node:fs";

const REASONS: Record<string, string> = {
  EEXIST: "which is no folder",
  ENOTDIR: "which is no folder, or leads through something that is none",
  EACCES: "which this user may not write",
  EPERM: "which this user may not write",
  EROFS: "which is on a disk that can only be read",
  ENOSPC: "whose disk is full",
};

/** Makes DATA_DIR where it is not there yet, for this user alone. Throws one sentence that names it when it cannot be used. */
export function openDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    const reason = REASONS[code] ?? `which cannot be used (${message})`;
    throw new Error(
      `DATA_DIR is ${dataDir}, ${reason}: give a folder that the user who starts iiko-webhooks may write, or make it ` +
        "theirs (chown).",
    );
  }
}
