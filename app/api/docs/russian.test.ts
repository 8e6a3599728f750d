import { expect, test } from "vitest";
import { apiReference } from "@/lib/openapi/reference";
import { RU } from "@/lib/openapi/ru";
import { OPERATIONS } from "../v1/operations/operations";

const english = textsOf(apiReference({ operations: OPERATIONS, locale: "en" }));

test("every text of the API's reference has its Russian, and no other has one", () => {
  expect([...english].filter((text) => text !== "" && !(text in RU))).toEqual([]);
  expect(Object.keys(RU).filter((text) => !english.has(text))).toEqual([]);
});

test("in Russian no English text is left", () => {
  const russian = textsOf(apiReference({ operations: OPERATIONS, locale: "ru" }));
  expect([...russian].filter((text) => text !== "" && !/[а-я]/i.test(text))).toEqual([]);
});

function textsOf({
  groups,
  intake,
  problems,
  paragraphs,
  schemas,
}: ReturnType<typeof apiReference>): Set<string> {
  const operations = groups.flatMap((group) => group.operations);
  return new Set([
    ...paragraphs,
    ...groups.map(({ name }) => name),
    ...intake.flatMap(({ summary, description, refusals }) => [summary, description, refusals]),
    ...problems.map(({ title }) => title),
    ...operations.flatMap(({ summary, description, answer, parameters, problems: own }) => [
      summary,
      description,
      answer.description,
      ...parameters.map((parameter) => parameter.description ?? ""),
      ...own.map(({ title }) => title),
    ]),
    ...descriptionsIn(schemas),
  ]);
}

function descriptionsIn(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) =>
    name === "description" && typeof value === "string" ? [value] : descriptionsIn(value),
  );
}
