import { expect, test } from "vitest";
import { refusalText } from "@/lib/refusals/refusal-text";
import type { Refusal } from "@/lib/refusals/refuse";
import { firstPlace, invisibleProblem } from "./characters";

const worded = (refusal: Refusal | null) => refusal && refusalText(refusal);

test.each([
  ["crm.example", null],
  ["кафе «Ёж» 🍕", null],
  ["abcd\u200be", "There is an invisible character, U+200B ZERO WIDTH SPACE at position 5: delete it."],
  ["🍕\u2060", "There is an invisible character, U+2060 WORD JOINER at position 2: delete it."],
  ["\ufeffa", "There is an invisible character, U+FEFF ZERO WIDTH NO-BREAK SPACE at position 1: delete it."],
  ["a\u{e0041}", "There is an invisible character, U+E0041 at position 2: delete it."],
])("%j: %j", (text, problem) => {
  expect(worded(invisibleProblem(text))).toBe(problem);
});

test("every character of Unicode's category Format is found", () => {
  let count = 0;
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const text = String.fromCodePoint(code);
    if (!/\p{Cf}/u.test(text)) continue;
    count += 1;
    expect(worded(invisibleProblem(text))).toContain(`U+${code.toString(16).toUpperCase().padStart(4, "0")}`);
  }
  expect(count).toBeGreaterThan(150);
});

test.each([
  ["abс", '"с" (U+0441) at position 3'],
  ["a b", "U+0020 at position 2"],
  ["a\nb", "U+000A at position 2"],
])("what does not fit into %j is %j", (text, place) => {
  expect(worded(firstPlace(text, /[^\x21-\x7e]/u))).toBe(place);
});
