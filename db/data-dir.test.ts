import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDataDir } from "./data-dir";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "iiko-webhooks-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a folder that is not there is made, for this user alone; one that is there stays", () => {
  const made = path.join(folder, "a", "b");
  for (const _start of [1, 2]) openDataDir(made);
  expect(statSync(made).mode & 0o777).toBe(0o700);
});

test.each([
  ["a file", "file", /^DATA_DIR is .*file, which is no folder: give a folder/],
  ["below a file", "file/data", /^DATA_DIR is .*file\/data, which is no folder, or leads through/],
])("what cannot be a folder is named, with what to do: %s", (_what, name, sentence) => {
  writeFileSync(path.join(folder, "file"), "");
  expect(() => openDataDir(path.join(folder, name))).toThrow(sentence);
});

// Root may write everywhere.
test.skipIf(process.getuid?.() === 0)("a folder that this user may not write is named", () => {
  const closed = path.join(folder, "closed");
  mkdirSync(closed, { mode: 0o500 });
  expect(() => openDataDir(closed)).toThrow(/^DATA_DIR is .*closed, which this user may not write/);
});
