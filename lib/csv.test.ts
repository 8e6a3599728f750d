import { expect, test } from "vitest";
import { type CsvCell, csvLine, csvStream } from "./csv";

test.each<[CsvCell, string]>([
  ["plain", "plain"],
  [null, ""],
  [-5, "-5"],
  ["", ""],
  ["=1+1", "'=1+1"],
  ["+7 921 555-01-99", "'+7 921 555-01-99"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["  =1+1", "'  =1+1"],
  ["＝1+1", "'＝1+1"],
  ["\t=1+1", `"'\t=1+1"`],
  ["\r=1+1", `"'\r=1+1"`],
  ['=HYPERLINK("http://evil.example";"x")', `"'=HYPERLINK(""http://evil.example"";""x"")"`],
  ['a"b', '"a""b"'],
  ["a,b", '"a,b"'],
  ["a;b", '"a;b"'],
  ["a\nb", '"a\nb"'],
  ["1=1", "1=1"],
])("%j is written as %s", (cell, written) => {
  for (const separator of [",", ";"]) expect(csvLine({ cells: [cell], separator })).toBe(`${written}\r\n`);
});

async function* pagesOf(...pages: (CsvCell[][] | Error)[]) {
  for (const page of pages) {
    if (page instanceof Error) throw page;
    yield page;
  }
}

const FILE = { head: ["Дата", "=Имя"], separator: ";" };

test("a file begins with a byte order mark and its heading, and holds every page", async () => {
  const stream = csvStream({ ...FILE, pages: pagesOf([[1, "a"]], [[2, "б;"]]) });
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe('Дата;\'=Имя\r\n1;a\r\n2;"б;"\r\n');
});

test("a page that cannot be read makes the download fail", async () => {
  const stream = csvStream({ ...FILE, pages: pagesOf([[1, "a"]], new Error("the database is away")) });
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  const readAll = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value);
    }
  };
  await expect(readAll()).rejects.toThrow("the database is away");
  expect("Дата;'=Имя\r\n1;a\r\n").toContain(text);
});

test("no page is read before the one before it was taken, and none after the reader has gone", async () => {
  const asked: number[] = [];
  async function* endless() {
    try {
      for (let page = 0; ; page += 1) {
        asked.push(page);
        yield [[page]];
      }
    } finally {
      asked.push(-1);
    }
  }
  const reader = csvStream({ ...FILE, pages: endless() }).getReader();
  for (let taken = 0; taken < 3; taken += 1) await reader.read();
  expect(asked.length).toBeLessThanOrEqual(3);
  await reader.cancel();
  expect(asked.at(-1)).toBe(-1);
});
