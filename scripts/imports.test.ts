import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

type Graph = Map<string, Set<string>>;

const SOURCES = ["app", "components", "inngest", "lib", "db"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => path.posix.join(folder, file))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\/testing\//.test(file)),
);
const FILES = new Set(SOURCES);

test("no file leads back to itself by its imports", () => {
  const graph: Graph = new Map(SOURCES.map((file) => [file, new Set(importsOf(file))]));
  expect([...graph.values()].filter(({ size }) => size > 0).length, "imports are found").toBeGreaterThan(400);
  expect(cyclesIn(graph)).toEqual([]);
});

test("no folder leads back to itself by its imports; the files beside lib's folders count as folders", () => {
  const graph: Graph = new Map();
  for (const file of SOURCES) {
    const from = folderOf(file);
    const edges = graph.get(from) ?? new Set();
    for (const to of importsOf(file).map(folderOf)) if (to !== from) edges.add(to);
    graph.set(from, edges);
  }
  expect(graph.get("inngest")?.has("lib/deliveries"), "imports are found").toBe(true);
  expect(cyclesIn(graph)).toEqual([]);
});

test("what is shared by the whole process has one home", () => {
  const users = SOURCES.filter((file) => /globalThis\b(?!`)/.test(readFileSync(file, "utf8")));
  expect(users).toEqual(["db/process-wide.ts"]);
});

function importsOf(file: string): string[] {
  const source = readFileSync(file, "utf8");
  return [...source.matchAll(/(?:from|import|import\()\s*"(@|\.{1,2})\/([^"]+)"/g)].flatMap(
    ([, start = "", rest = ""]) => {
      const target = start === "@" ? rest : path.posix.join(path.posix.dirname(file), start, rest);
      return [target, `${target}.ts`, `${target}.tsx`].find((one) => FILES.has(one)) ?? [];
    },
  );
}

function folderOf(file: string): string {
  const [top = "", ...rest] = file.split("/");
  return top === "lib" ? `lib/${rest[0]}` : top;
}

/** What is on a cycle, or leads to one and from one: all that is left when the ends of the graph are taken away. */
function cyclesIn(graph: Graph): string[] {
  let left = [...graph.keys()];
  for (let before = Number.POSITIVE_INFINITY; left.length < before; ) {
    before = left.length;
    const leadsOn = (node: string) => left.some((other) => graph.get(node)?.has(other));
    left = left.filter(leadsOn);
    const isLedTo = (node: string) => left.some((other) => graph.get(other)?.has(node));
    left = left.filter(isLedTo);
  }
  return left.sort();
}
