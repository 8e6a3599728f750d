import fc from "fast-check";
import { expect, test } from "vitest";
import { splitJsonList } from "./split-json-list";

function split(text: string): string[] | null {
  return splitJsonList(Buffer.from(text))?.map((entry) => entry.toString()) ?? null;
}

test.each<[string, string[] | null]>([
  ["[]", []],
  [" [ ] ", []],
  ["[1]", ["1"]],
  ['[{"a":[1,2]},"x,]y",[3,4]]', ['{"a":[1,2]}', '"x,]y"', "[3,4]"]],
  ['["\\\\","\\"]"]', ['"\\\\"', '"\\"]"']],
  ['{"a":[1]}', null],
  ["", null],
  ["[1", null],
  ["[1] x", null],
  ["[1,]", ["1", ""]],
  ["[,1]", ["", "1"]],
  ["[1}", null],
])("%s", (text, entries) => {
  expect(split(text)).toEqual(entries);
});

test("parsed entry by entry a list is what it is parsed whole, however it is written", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 1, 2), (list, indent) => {
      const entries = split(JSON.stringify(list, null, indent)) ?? [];
      expect(entries.map((entry) => JSON.parse(entry))).toEqual(JSON.parse(JSON.stringify(list)));
    }),
  );
});

test("what is no JSON has an entry that is none, or is no list", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.nat(), fc.constantFrom(...'",]}{[x'), (list, at, wrong) => {
      const text = JSON.stringify(list);
      const spoilt = text.slice(0, at % text.length) + wrong + text.slice(at % text.length);
      const isJson = isParsed(spoilt);
      const entries = split(spoilt);
      const isTaken = entries?.every(isParsed) ?? false;
      return isTaken ? isJson : true;
    }),
  );
});

function isParsed(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
