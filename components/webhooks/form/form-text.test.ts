import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import webhookForm from "@/lib/i18n/messages/en/webhook-form.json";
import { insertPlaceholder } from "./insert-placeholder";
import { readHeaders, readTexts, writeHeaders, writeTexts } from "./read-json";

test.each([
  ['{"a": |}', '{"a": "{{order.id}}"|}'],
  ['{"a": "№ |"}', '{"a": "№ {{order.id}}|"}'],
  ['{"a": "\\"|"}', '{"a": "\\"{{order.id}}|"}'],
  ['{"a": "x", "b": |}', '{"a": "x", "b": "{{order.id}}"|}'],
  ["|", '"{{order.id}}"|'],
])("a placeholder put into %j makes %j", (before, after) => {
  const at = before.indexOf("|");
  const inserted = insertPlaceholder({ text: before.replace("|", ""), from: at, to: at, name: "order.id" });
  expect(`${inserted.text.slice(0, inserted.cursor)}|${inserted.text.slice(inserted.cursor)}`).toBe(after);
});

test("a placeholder takes the place of what is selected", () => {
  expect(insertPlaceholder({ text: '{"a": 12}', from: 6, to: 8, name: "order.id" }).text).toBe(
    '{"a": "{{order.id}}"}',
  );
});

test.each([
  ["", []],
  ["  ", []],
  ['["DELIVERY"]', ["DELIVERY"]],
  ['["a", "a", "b"]', ["a", "b"]],
  ['["a"', null],
  ["[1]", null],
  ['{"a": "b"}', null],
  ['"a"', null],
])("%j is read as the texts %j", (text, texts) => {
  expect(readTexts(text)).toEqual(texts);
  if (texts) expect(readTexts(writeTexts(texts))).toEqual(texts);
});

test.each([
  ["", []],
  ['{"X-Key": "1"}', [{ name: "X-Key", value: "1" }]],
  ['{"X-Key": 1}', null],
  ["[]", null],
  ["null", null],
  ['{"X-Key": "1"', null],
])("%j is read as the headers %j", (text, headers) => {
  expect(readHeaders(text)).toEqual(headers);
  if (headers) expect(readHeaders(writeHeaders(headers))).toEqual(headers);
});

test("a header line that is still empty is not written", () => {
  const lines = [
    { name: "", value: "" },
    { name: "X-Key", value: "***" },
  ];
  expect(JSON.parse(writeHeaders(lines))).toEqual({ "X-Key": "***" });
});

test("the form and the docs say the same of who reads a format", () => {
  const docs = readFileSync("docs/formats.md", "utf8");
  for (const text of Object.values(webhookForm.formatReaders)) expect(docs).toContain(text);
});
