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
  /** The last line of a file that could not be finished. */
  cutText: string;
};

/**
 * A CSV file as UTF-8 with a byte order mark, without which Excel takes it for another encoding. When a page cannot be
 * read, a last line says so and then the stream fails, so that the browser reports it too.
 */
export function csvStream({ head, pages, separator, cutText }: CsvStream): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const encode = (lines: CsvCell[][]) =>
    encoder.encode(lines.map((cells) => csvLine({ cells, separator })).join(""));
  let failure: unknown = null;
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(BOM + csvLine({ cells: head, separator }))),
    pull: async (controller) => {
      // Failing throws away what is queued: the last line has to be taken first.
      if (failure) return controller.error(failure);
      try {
        const page = await pages.next();
        if (page.done) controller.close();
        else controller.enqueue(encode(page.value));
      } catch (error) {
        logger.error({ err: error }, "a CSV download broke off");
        failure = error ?? new Error("The download broke off.");
        controller.enqueue(encode([[cutText]]));
      }
    },
    cancel: async () => void (await pages.return?.()),
  });
}
