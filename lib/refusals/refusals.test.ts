import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { expected, expectedSecret } from "@/lib/expected";
import { EN } from "./en";
import { refusalText } from "./refusal-text";
import { type Refusal, refuse } from "./refuse";
import { RU } from "./ru";
import { refusalOfIssue } from "./zod-message";

test.each<[Refusal, string, string]>([
  [
    refuse("not_yourself"),
    "You cannot change your own role or disable yourself; ask another admin.",
    "Нельзя менять свою роль и отключать самого себя: попросите другого администратора.",
  ],
  [
    refuse("needs_role", { needed: "admin", who: "{needed} $& {x}", held: "viewer" }),
    "This needs the role admin; {needed} $& {x} has the role viewer.",
    "Для этого нужна роль admin, у вас — viewer.",
  ],
  [
    refuse("expected_got", {
      what: refuse("integer_between", { min: 0, max: 10 }),
      got: refuse("got_array"),
    }),
    "expected an integer from 0 to 10, got an array",
    "нужно целое число от 0 до 10, а здесь массив",
  ],
])("%j in English and in Russian", (refusal, english, russian) => {
  expect(refusalText(refusal)).toBe(english);
  expect(refusalText(refusal, "ru")).toBe(russian);
});

test("a zod issue carries a refusal, and what zod says by itself stays as it is", () => {
  const schema = z.object({
    count: z.int({ error: expected(refuse("integer")) }),
    token: z.string({ error: expectedSecret(refuse("text")) }),
    name: z.string().max(1),
  });
  const { error } = schema.safeParse({ count: "seven", token: 5, name: "ab" });
  const [count, token, name] = error?.issues.map(refusalOfIssue) ?? [];
  expect(count).toEqual(refuse("expected_got", { what: refuse("integer"), got: '"seven"' }));
  expect(token).toEqual(refuse("expected", { what: refuse("text") }));
  expect(name?.code).toBe("other");
  expect(schema.safeParse({}).error?.issues.map(refusalOfIssue)[0]).toEqual(
    refuse("required", { what: refuse("integer") }),
  );
});

test("a code that another version gave is shown as it is", () => {
  const unknown = { code: "fault_of_tomorrow", host: "crm.example" };
  expect(refusalText(unknown, "ru")).toBe("fault_of_tomorrow crm.example");
});

test("Russian names no parameter that English does not have", () => {
  for (const [code, english] of Object.entries(EN)) {
    const names = namesIn(english);
    expect(
      namesIn(RU[code as keyof typeof RU]).filter((name) => !names.includes(name)),
      code,
    ).toEqual([]);
  }
});

test("no code is left that nothing gives", () => {
  const source = ["lib", "inngest", "app", "db"].map(sourceOf).join("\n");
  expect(Object.keys(EN).filter((code) => !source.includes(`"${code}"`))).toEqual([]);
});

function namesIn(text: string): string[] {
  return text.match(/\{\w+\}/g) ?? [];
}

function sourceOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
    .map((file) => readFileSync(path.join(folder, file), "utf8"))
    .join("\n");
}
