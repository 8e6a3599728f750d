import { afterAll, beforeAll, expect, test } from "vitest";
import { prepared } from "@/db/client";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { recordset } from "./recordset";

type Row = { n: number; text: string | null; isTrue: boolean; json: object | null };

const ROWS = recordset<Row>({ n: "int", text: "text", isTrue: "boolean", json: "json" });

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

function throughDatabase(rows: Row[]): Promise<Row[]> {
  return prepared<Row>({
    name: "recordset",
    text: `select n, text, istrue as "isTrue", json from ${ROWS.sql(1)} as r order by n`,
    values: ROWS.values(rows),
  });
}

test.each([
  ["no rows", []],
  ["null", [null]],
  ["empty text beside null", ["", null, "NULL"]],
  ["what an array's or JSON's text would escape", ['"', "\\", "{a,b}", "'", '\\"\n\r\t', "\\u0000", "$1"]],
  ["several bytes a character", ["Пицца «Маргарита»", "\u{1F355}", "e\u0301", "\uFFFD"]],
  ["long text", ["ж".repeat(300_000)]],
])("rows come back as they went: %s", async (_what, texts) => {
  const rows = texts.map((text, n) => ({
    n,
    text,
    isTrue: n % 2 === 0,
    json: text === null ? null : { a: [text] },
  }));
  expect(await throughDatabase(rows)).toEqual(rows);
});
