import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { closeDatabase, migrationsFolder, openDatabase } from "@/db/client";

/**
 * Puts an empty, migrated PGlite database into a data folder. Making and migrating one takes 4 s, copying it a moment;
 * nothing may be open in this process.
 */
export async function copyMigratedTemplate(dataDir: string): Promise<void> {
  await cp(await migratedTemplate(), dataDir, { recursive: true });
}

// Test files run side by side, so the finished template appears by one rename; whoever comes second throws
// their own away.
async function migratedTemplate(): Promise<string> {
  const template = path.join(tmpdir(), `iiko-webhooks-template-${await migrationsHash()}`);
  if (await exists(template)) return template;
  const made = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-template-"));
  await openDatabase({ dataDir: made });
  await closeDatabase();
  await rename(made, template).catch(() => rm(made, { recursive: true, force: true }));
  return template;
}

async function migrationsHash(): Promise<string> {
  const hash = createHash("sha256").update(process.version);
  for (const name of (await readdir(migrationsFolder)).sort()) {
    if (name.endsWith(".sql")) hash.update(name).update(await readFile(path.join(migrationsFolder, name)));
  }
  hash.update(await readFile(path.join(process.cwd(), "node_modules/@electric-sql/pglite/package.json")));
  return hash.digest("hex").slice(0, 16);
}

async function exists(folder: string): Promise<boolean> {
  return readdir(folder).then(
    () => true,
    () => false,
  );
}
