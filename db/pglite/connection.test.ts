import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startPgliteThread } from "./connection";

let dataDir: string;
let lockFile: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-pglite-"));
  lockFile = path.join(dataDir, "lock-1");
  await writeFile(lockFile, "heart-beat");
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test("what a killed first start has half made is removed, and the database is made anew", async () => {
  const halfMade = path.join(dataDir, "pglite.new-killed");
  await mkdir(halfMade);
  await writeFile(path.join(halfMade, "PG_VERSION"), "17\n");
  const thread = await startPgliteThread({ folder: path.join(dataDir, "pglite"), lockFile });
  await thread.close();
  expect(await readdir(dataDir)).toEqual(["lock-1", "pglite"]);
});

test("a database that cannot be made leaves nothing behind and says where it should have been", async () => {
  const folder = path.join(dataDir, "pglite");
  await mkdir(folder);
  await writeFile(path.join(folder, "foreign"), "");
  await expect(startPgliteThread({ folder, lockFile })).rejects.toThrow(
    `The embedded database cannot be made in ${folder}: ENOTEMPTY`,
  );
  expect(await readdir(dataDir)).toEqual(["lock-1", "pglite"]);
});

test("without the lock nothing is opened", async () => {
  await rm(lockFile);
  const opening = startPgliteThread({ folder: path.join(dataDir, "pglite"), lockFile });
  await expect(opening).rejects.toThrow("The lock of the data folder is lost.");
});
