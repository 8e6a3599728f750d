import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.join(import.meta.dirname, "..");
const DOCS = path.join(ROOT, "docs");
const ROW = /^\| (.+) \| `([^`]+)`: (.+) \| (.*)\|$/;

const rows = readFileSync(path.join(DOCS, "guarantees.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (promise|---) /.test(line));

test("every promise names a test that is there", () => {
  expect(rows.length).toBeGreaterThan(30);
  const broken = rows.filter((row) => {
    const [, , file = "", words = ""] = ROW.exec(row) ?? [];
    const isTest = /\.(test|spec|soak)\.tsx?$/.test(file) && existsSync(path.join(ROOT, file));
    return !isTest || !readFileSync(path.join(ROOT, file), "utf8").includes(words.trim());
  });
  expect(broken).toEqual([]);
});

test("no page of docs/ links to a file or a heading that is not there", () => {
  const broken = readdirSync(DOCS)
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) => linksOf(file).filter((link) => !leadsSomewhere({ file, link })));
  expect(broken).toEqual([]);
});

function linksOf(file: string): string[] {
  const text = readFileSync(path.join(DOCS, file), "utf8").replace(/```[\s\S]*?```/g, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^https?:/.test(link));
}

function leadsSomewhere({ file, link }: { file: string; link: string }): boolean {
  const [target = "", anchor] = link.split("#");
  const absolute = target === "" ? path.join(DOCS, file) : path.join(DOCS, target);
  if (!existsSync(absolute)) return false;
  return anchor === undefined || headings(absolute).includes(anchor);
}

/** As GitHub names them: lower case, punctuation left out, hyphens for spaces. */
function headings(file: string): string[] {
  const lines = readFileSync(file, "utf8").matchAll(/^#+ (.+)$/gm);
  return [...lines].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
