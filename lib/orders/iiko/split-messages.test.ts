import fc from "fast-check";
import { expect, test } from "vitest";
import { splitMessages } from "./split-messages";

test.each([
  ["[]", []],
  [' [ {"a" : 1.50} , 2 ]\n', ['{"a" : 1.50}', "2"]],
  ['{"a":[1,2]}', ['{"a":[1,2]}']],
  ['["a,]\\"", {"b":"}{"}, [[1],2], null]', ['"a,]\\""', '{"b":"}{"}', "[[1],2]", "null"]],
  ["null", ["null"]],
])("the messages of %s", (body, messages) => {
  expect(splitMessages(body)).toEqual(messages);
});

test("an array comes apart into its own bytes, whatever it holds", () => {
  fc.assert(
    fc.property(fc.array(fc.json()), (entries) => {
      expect(splitMessages(`[${entries.join(" ,\n")}]`)).toEqual(entries.map((entry) => entry.trim()));
    }),
  );
});
