import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseEnv } from "./env";
import { loadSecrets } from "./secrets";

let dataDir: string;
let file: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "iiko-webhooks-secrets-"));
  file = path.join(dataDir, "secrets.json");
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const load = () => loadSecrets(parseEnv({ DATA_DIR: dataDir }));

test("what is missing is made once, for this user alone, in a file that appears whole", () => {
  const made = load();
  const { ino } = statSync(file);
  expect(load()).toEqual(made);
  expect(statSync(file)).toMatchObject({ ino });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(["secrets.json"]);
});

test("a missing one is added by a new file in place of the old one", () => {
  writeFileSync(file, JSON.stringify({ EVENT_KEY: "kept" }), { mode: 0o644 });
  const { ino } = statSync(file);
  // What a start that was killed has left.
  writeFileSync(`${file}.new`, '{"EVENT');
  expect(load()).toMatchObject({ EVENT_KEY: "kept" });
  expect(statSync(file).ino).not.toBe(ino);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(load());
  expect(readdirSync(dataDir)).toEqual(["secrets.json"]);
});

test.each([
  ["", "is empty"],
  ["\n", "is empty"],
  ['{"EVENT_KEY": "', "is damaged"],
  ["[]", "is damaged"],
  ['{"EVENT_KEY": 5}', "is damaged"],
])("a file of %j ends the start with a sentence and stays as it is", (text, words) => {
  writeFileSync(file, text);
  expect(load).toThrow(`${file} ${words}: it must be a JSON object`);
  expect(readFileSync(file, "utf8")).toBe(text);
});
