import { logger } from "@/lib/logger";

export type CsvCell = string | number | null;

const BOM = "\uFEFF";
// What a spreadsheet runs as a formula (OWASP, «CSV Injection»), in both widths.
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * One line of CSV (RFC 4180). A text that a spreadsheet would run gets a `'` before it, which shows that it is a text;
 * one with either usual separator is quoted, whichever is used.
 */
export function csvLine({ cells, separator }: { cells: CsvCell[]; separator: string }): string {
  return `${cells.map(csvCell).join(separator)}\r\n`;
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

type CsvStream = {
  head: string[];
  /** Asked for the next one only when the reader has taken the one before. */
  pages: AsyncIterator<CsvCell[][]>;
  separator: string;
};

/**
 * A CSV file as UTF-8 with a byte order mark, without which Excel takes it for another encoding. When a page cannot be
 * read the stream fails: the connection is cut off, and the browser says that the download failed.
 */
export function csvStream({ head, pages, separator }: CsvStream): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(BOM + csvLine({ cells: head, separator }))),
    pull: async (controller) => {
      try {
        const page = await pages.next();
        if (page.done) return controller.close();
        const lines = page.value.map((cells) => csvLine({ cells, separator }));
        controller.enqueue(encoder.encode(lines.join("")));
      } catch (error) {
        logger.error({ err: error }, "a CSV download broke off");
        throw error;
      }
    },
    cancel: async () => void (await pages.return?.()),
  });
}
