import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { closeDatabase, openDatabase } from "@/db/client";

/** Opens an empty, migrated embedded database as the process's own; the answer closes and deletes it. */
export async function openTestDatabase(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "iiko-webhooks-test-"));
  await openDatabase({ dataDir });
  return async () => {
    await closeDatabase();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
