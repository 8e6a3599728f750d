import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { REFUSALS_RU } from "./refusals-ru";
import { translateRefusal } from "./translate-refusal";

test.each([
  ["The current password is wrong.", "Текущий пароль неверен."],
  [
    "There is a user with the e-mail a+b@example.com already.",
    "Пользователь с e-mail a+b@example.com уже есть.",
  ],
  [
    "This needs the role admin; {needed} $& has the role viewer.",
    "Для этого нужна роль admin, у вас — viewer.",
  ],
  ["Something nobody translated.", "Something nobody translated."],
])("in Russian, %j is %j", (message, russian) => {
  expect(translateRefusal({ message, locale: "ru" })).toBe(russian);
  expect(translateRefusal({ message, locale: "en" })).toBe(message);
});

test("every English text of the list still stands in the source, and its placeholders are kept", () => {
  const sources = sourceOf("lib").replace(/\$\{[^}]*\}/g, "{}");
  for (const [english, russian] of REFUSALS_RU) {
    expect(sources, english).toContain(english.replace(/\{\w+\}/g, "{}"));
    const known = new Set(english.match(/\{\w+\}/g));
    expect(
      (russian.match(/\{\w+\}/g) ?? []).filter((name) => !known.has(name)),
      russian,
    ).toEqual([]);
  }
});

function sourceOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.endsWith("refusals-ru.ts"))
    .map((file) => readFileSync(path.join(folder, file), "utf8"))
    .join("\n");
}
