import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const PANEL = "app/(panel)";
const CALL = /(?<!function )\b[a-z]\w+Action\(/g;

test("the panel calls every server action in a way that survives a server that is away", () => {
  const files = readdirSync(PANEL, { recursive: true, encoding: "utf8" });
  const bare = files
    .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
    .map((file) => ({ file, source: readFileSync(path.join(PANEL, file), "utf8") }))
    .filter(({ file, source }) => file !== "action.ts" && !source.startsWith('"use server"'))
    .flatMap(({ file, source }) => bareCalls(source).map((call) => `${file}: ${call}`));
  expect(bare, "call them through useAction or a hook made of it, or say what becomes of no answer").toEqual(
    [],
  );
});

/** Calls of actions that are neither wrapped nor caught where they stand. */
function bareCalls(source: string): string[] {
  return source
    .split(";")
    .filter((statement) => !/\buse(?:Told|Form)?Action\(|\.catch\(|\.then\([^;]*,/.test(statement))
    .flatMap((statement) => statement.match(CALL) ?? [])
    .filter((call) => !call.startsWith("use"));
}
