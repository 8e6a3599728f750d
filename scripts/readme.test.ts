import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Env } from "@/lib/env";

const SETTINGS = Object.keys(Env.shape).sort();

describe.each(["README.md", "README.ru.md"])("%s", (file) => {
  const text = readFileSync(file, "utf8");

  test("opens with the two commands", () => {
    const commands = text.split("```")[1] ?? "";
    expect(commands.match(/^npm .*?(?= {2,}#)/gm)).toEqual(["npm ci && npm run demo", "npm ci && npm test"]);
  });

  test("links only to what is there", () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, path = ""]) =>
      decodeURIComponent(path),
    );
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });

  test("names only npm scripts that exist", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: object };
    const named = [...text.matchAll(/npm (?:run )?(start|test|demo|dev|build)\b/g)].map(
      ([, name = ""]) => name,
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test("names only environment variables that exist", () => {
    const named = [...text.matchAll(/^([A-Z][A-Z_]+)=|\s([A-Z][A-Z_]+)=\$/gm)].map(([, a, b]) => a ?? b);
    expect(named.filter((name) => !SETTINGS.includes(name ?? ""))).toEqual([]);
  });
});

test("docs/architecture.md names only files and folders that are there", () => {
  const text = readFileSync("docs/architecture.md", "utf8");
  const named = [...text.matchAll(/\b(?:app|components|db|inngest|lib|scripts)\/[\w./[\]-]*\w/g)].map(
    ([name]) => name,
  );
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((name) => !existsSync(name))).toEqual([]);
});

test("README.md's table of settings is lib/env.ts's, defaults included", () => {
  const table = readFileSync("README.md", "utf8").split("## Settings")[1] ?? "";
  const rows = [...table.matchAll(/^\| (`.+?) \|(.*?)\|/gm)].flatMap(([, names = "", value = ""]) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, name = ""]) => ({ name, value: value.trim() })),
  );
  expect(rows.map((row) => row.name).sort()).toEqual(SETTINGS);
  const defaults = Env.parse({});
  for (const { name, value } of rows) {
    const inCode: unknown = defaults[name as keyof typeof defaults];
    if (typeof inCode === "object" || inCode === undefined) expect(value, name).not.toMatch(/\d/);
    else expect(value, name).toBe(String(inCode));
  }
});

test(".env.example names every setting once, commented out", () => {
  const names = [...readFileSync(".env.example", "utf8").matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(names.sort()).toEqual(SETTINGS);
});
