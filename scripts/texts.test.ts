import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");

/** The file of this repository that an import leads to; null for a package. */
function target({ from, specifier }: { from: string; specifier: string }): string | null {
  const base = specifier.startsWith("@/") ? specifier.slice(2) : path.join(path.dirname(from), specifier);
  if (!specifier.startsWith("@/") && !specifier.startsWith(".")) return null;
  return [`${base}.tsx`, `${base}.ts`].find((file) => existsSync(path.join(ROOT, file))) ?? null;
}

type Source = { imports: string[]; areas: string[]; isForBrowser: boolean; isForServer: boolean };

const sources = new Map<string, Source>();

function sourceOf(file: string): Source {
  const known = sources.get(file);
  if (known) return known;
  const text = read(file);
  const specifiers = [
    ...[...text.matchAll(/^(?:import|export) (?!type )[^;]*?from "([^"]+)"/gms)],
    ...[...text.matchAll(/import\("([^"]+)"\)/g)],
  ].map(([, specifier = ""]) => specifier);
  const source = {
    imports: specifiers.flatMap((specifier) => target({ from: file, specifier }) ?? []),
    areas: [
      ...[...text.matchAll(/useTranslations\(["'`](\w+)/g)].map(([, area = ""]) => area),
      // Of one that names no area, each text names its own.
      ...(text.includes("useTranslations()")
        ? [...text.matchAll(/["'`](\w+)\.[\w.]*(?:\$\{|["'`])/g)].map(([, area = ""]) => area).filter(isArea)
        : []),
    ],
    isForBrowser: text.startsWith('"use client"'),
    isForServer: text.startsWith('"use server"'),
  };
  sources.set(file, source);
  return source;
}

const AREAS = new Set(
  [...read("lib/i18n/messages.ts").matchAll(/^ {2}(\w+): ru\w+,$/gm)].map(([, area]) => area),
);

function isArea(word: string): boolean {
  return AREAS.has(word);
}

/** The areas whose texts the browser's part of a page or layout asks for. */
function areasAsked(entry: string): Set<string> {
  const seen = new Set<string>();
  const areas = new Set<string>();
  const visit = (file: string, isInBrowser: boolean) => {
    const source = sourceOf(file);
    const runsInBrowser = isInBrowser || source.isForBrowser;
    if (source.isForServer || seen.has(`${file} ${runsInBrowser}`)) return;
    seen.add(`${file} ${runsInBrowser}`);
    if (runsInBrowser) for (const area of source.areas) areas.add(area);
    for (const imported of source.imports) visit(imported, runsInBrowser);
  };
  visit(entry, false);
  return areas;
}

/** The areas that a layout gives. */
function areasOf(layout: string): string[] {
  const lists = [...read(layout).matchAll(/(?:of=\{|textsOf\()\[([^\]]*)\]/g)];
  return lists.flatMap(([, list = ""]) => [...list.matchAll(/"(\w+)"/g)].map(([, area = ""]) => area));
}

/** The areas that the layouts around a page give. */
function areasGiven(entry: string): Set<string> {
  const given = new Set<string>();
  for (let folder = path.dirname(entry); folder !== "."; folder = path.dirname(folder)) {
    const layout = path.join(folder, "layout.tsx");
    if (!existsSync(path.join(ROOT, layout))) continue;
    for (const area of areasOf(layout)) given.add(area);
  }
  return given;
}

const ENTRIES = readdirSync(path.join(ROOT, "app"), { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)(page|layout|loading|error|not-found)\.tsx$/.test(file))
  .map((file) => path.join("app", file));

test("the browser is given the texts that it asks for, by the layouts around each page", () => {
  expect(areasAsked("app/(panel)/webhooks/page.tsx")).toContain("bulk");
  const lacking = ENTRIES.flatMap((entry) => {
    const given = areasGiven(entry);
    return [...areasAsked(entry)].filter((area) => !given.has(area)).map((area) => `${entry}: ${area}`);
  });
  expect(lacking).toEqual([]);
});

test("a layout gives no texts that no page below it asks for", () => {
  const unasked = ENTRIES.filter((entry) => entry.endsWith("layout.tsx")).flatMap((layout) => {
    const below = ENTRIES.filter((entry) => entry.startsWith(path.dirname(layout)));
    const asked = new Set(below.flatMap((entry) => [...areasAsked(entry)]));
    return areasOf(layout)
      .filter((area) => !asked.has(area))
      .map((area) => `${layout}: ${area}`);
  });
  expect(unasked).toEqual([]);
});
