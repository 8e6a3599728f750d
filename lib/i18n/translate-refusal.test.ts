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
  ["status.text: a key cannot hold a placeholder", "status.text: в имени ключа подстановка невозможна"],
  ["expected an integer from 0 to 10, got 11", "нужно целое число от 0 до 10, а здесь 11"],
  [
    "10.0.0.5 is a private address; webhooks may reach only the public internet. To allow it, add 10.0.0.5 to OUTBOUND_ALLOW.",
    "10.0.0.5 — служебный адрес (private): вебхуки отправляются только в открытый интернет. Чтобы разрешить, добавьте 10.0.0.5 в OUTBOUND_ALLOW.",
  ],
  ["Something nobody translated.", "Something nobody translated."],
])("in Russian, %j is %j", (message, russian) => {
  expect(translateRefusal({ message, locale: "ru" })).toBe(russian);
  expect(translateRefusal({ message, locale: "en" })).toBe(message);
});

test("every English text of the list still stands in the source, and its placeholders are kept", () => {
  const source = sourceOf("lib");
  for (const [english, russian] of REFUSALS_RU) {
    for (const piece of piecesOf(english)) expect(source, english).toContain(piece);
    const known = new Set(english.match(PLACEHOLDER));
    expect(russian.match(PLACEHOLDER)?.filter((name) => !known.has(name)) ?? [], russian).toEqual([]);
  }
});

const PLACEHOLDER = /(?<!\{)\{\w+\}/g;

/** What stands between the placeholders; sentences that lib joins of two literals are looked for one by one. */
function piecesOf(english: string): string[] {
  return english
    .split(/(?<!\{)\{\w+\}|(?<=internet\. )|(?<=expected |required: )|, got|, or null/)
    .map((piece) => piece.trim())
    .filter((piece) => piece.length >= 6);
}

function sourceOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.endsWith("refusals-ru.ts"))
    .map((file) => readFileSync(path.join(folder, file), "utf8"))
    .join("\n");
}
