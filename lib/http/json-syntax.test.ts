import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeJsonMistake } from "./json-syntax";

describe("describeJsonMistake", () => {
  test.each([
    ['{"a":}', 'unexpected "}" at line 1, column 6'],
    ['{"a":1,}', 'unexpected "}" at line 1, column 8'],
    ["[1,]", 'unexpected "]" at line 1, column 4'],
    ["{a:1}", 'unexpected "a" at line 1, column 2'],
    ["{'a':1}", `unexpected "'" at line 1, column 2`],
    ['{"a" 1}', 'unexpected "1" at line 1, column 6'],
    ['{"a":1 "b":2}', 'unexpected "\\"" at line 1, column 8'],
    ["[1 2]", 'unexpected "2" at line 1, column 4'],
    ["[1}", 'unexpected "}" at line 1, column 3'],
    ['{"a":1]', 'unexpected "]" at line 1, column 7'],
    ["{} {}", 'unexpected "{" at line 1, column 4'],
    ["]", 'unexpected "]" at line 1, column 1'],
    ["nil", 'unexpected "n" at line 1, column 1'],
    ["01", 'unexpected "1" at line 1, column 2'],
    ['{\n  "a": True\n}', 'unexpected "T" at line 2, column 8'],
    ['{\n  "a": [1, 2', "it ends too early at line 2, column 13"],
    ['["\n"]', 'unexpected "\\"" at line 1, column 2'],
    ['["\\x"]', 'unexpected "\\"" at line 1, column 2'],
    ["😀", 'unexpected "😀" at line 1, column 1'],
  ])("%j", (text, words) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(describeJsonMistake(text)).toBe(words);
  });

  test("finds nothing wrong with JSON, and something in JSON that was cut", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, at) => {
        expect(describeJsonMistake(text)).toBe(endOf(text));
        const cut = text.slice(0, at % text.length);
        expect(describeJsonMistake(cut)).toMatch(/^(it ends too early|unexpected ".+") at line 1/);
      }),
    );
  });
});

// fast-check writes JSON on one line.
function endOf(text: string): string {
  return `it ends too early at line 1, column ${text.length + 1}`;
}
