import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

test("no two folders of lib import each other", () => {
  const files = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.tsx?$/.test(file) && !file.includes(".test."),
  );
  const edges = new Set(files.flatMap(foldersImportedBy));
  const mutual = [...edges].filter((edge) => edges.has(edge.split(" → ").reverse().join(" → ")));
  expect(edges.has("audit → auth") || edges.has("auth → audit"), "imports are found").toBe(true);
  expect(mutual).toEqual([]);
});

/** `from → to` for each import from one folder of lib to another; files beside the folders are leaves. */
function foldersImportedBy(file: string): string[] {
  const from = path.dirname(file).split(path.sep)[0];
  const source = readFileSync(path.join("lib", file), "utf8");
  return [...source.matchAll(/from "(?:@\/lib|(\.[^"]*))\/([^"]+)"/g)].flatMap(([, up, rest = ""]) => {
    const target = up === undefined ? rest : path.join(path.dirname(file), up, rest);
    const to = target.split("/")[0];
    return from === "." || !target.includes("/") || to === from ? [] : [`${from} → ${to}`];
  });
}
