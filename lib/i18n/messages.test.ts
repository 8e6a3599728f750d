import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { MESSAGES } from "./messages";

const ru = leaves(MESSAGES.ru);
const en = leaves(MESSAGES.en);

test("Russian and English have the same texts with the same placeholders, none empty", () => {
  expect([...en.keys()].sort()).toEqual([...ru.keys()].sort());
  for (const [key, text] of ru) {
    expect(placeholders(en.get(key) ?? ""), key).toEqual(placeholders(text));
    expect(`${text}${en.get(key)}`.includes("TODO"), key).toBe(false);
    expect(text.trim() && en.get(key)?.trim(), key).toBeTruthy();
  }
});

test("every file of texts is imported", () => {
  for (const [locale, areas] of Object.entries(MESSAGES)) {
    const files = readdirSync(path.join("lib/i18n/messages", locale)).map((file) => camelCase(file));
    expect(Object.keys(areas).sort(), locale).toEqual(files.sort());
  }
});

test("no text is left that nothing shows", () => {
  const source = ["app", "components"].map(sourceOf).join("\n");
  const unused = [...ru.keys()].filter((key) => !isMentioned(source, key));
  expect(unused).toEqual([]);
});

/** A text is asked for by the end of its key, or by a key that a template puts together. */
function isMentioned(source: string, key: string): boolean {
  const parts = key.split(".");
  return parts.some((_, index) => {
    const tail = parts.slice(index).join(".");
    const stem = parts.slice(index, -1).join(".");
    return [`"${tail}"`, `\`${tail}\``, stem && `\`${stem}.\${`].some(
      (form) => form && source.includes(form),
    );
  });
}

function leaves(node: object, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(node)) {
    const at = prefix ? `${prefix}.${key}` : key;
    if (typeof value === "string") found.set(at, value);
    else for (const [inner, text] of leaves(value, at)) found.set(inner, text);
  }
  return found;
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/(?<=\{)\w+(?=[,}])/g))].sort();
}

function camelCase(file: string): string {
  return file.replace(".json", "").replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function sourceOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
    .map((file) => readFileSync(path.join(folder, file), "utf8"))
    .join("\n");
}
