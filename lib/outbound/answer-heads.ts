import type { Socket } from "node:net";

/** A longer head goes on as it is: undici refuses it by its own limit. */
const MAX_HELD_BYTES = 32 * 1024;

// All three look from their lastIndex on: to cut off what has been passed over would cost its length each time.
const START = /[^\r\n]|$/g;
const HEAD_END = /\r{0,2}\n\r{0,2}\n/g;
const INTERIM = /HTTP\/[\d.]+ +1(?!01)\d\d(?!\d)/y;
const TOKEN = "[!#$%&'*+\\-.^_`|~\\w]+";
const HEADER = new RegExp(`^(${TOKEN})[ \\t]*:[ \\t]*(.*)$`);
const PROPER = new RegExp(
  `^HTTP/1\\.[01] \\d{3}(?: [^\\r\\n]*)?\\r\\n(?:${TOKEN}:[\\t\\x20-\\x7e\\x80-\\xff]*\\r\\n)*\\r\\n$`,
);
const TWO_LENGTHS =
  /\n(?:content-length|transfer-encoding):[\s\S]*\n(?:content-length|transfer-encoding):|\ncontent-length:.*,/i;

/**
 * Has undici's parser, which is strict, take the heads of answers that browsers and curl take: lines that end with LF
 * alone (or CR twice, as Windows makes of CRLF in a text) or are folded, names that are none, a length told twice or
 * beside chunks, `HTTP/2` written by hand, and informational answers in any form (undici breaks off at a 100 that it
 * has not asked for). A refusal would have an order sent again that the receiver has taken. undici has one request on a
 * connection at a time, and writes its head as one text.
 */
export function mendAnswerHeads(socket: Socket): void {
  const { write, read } = socket;
  let held: Buffer | null = null;

  socket.write = (chunk: unknown, ...rest: unknown[]): boolean => {
    if (typeof chunk === "string") held = Buffer.alloc(0);
    return Reflect.apply(write, socket, [chunk, ...rest]);
  };
  socket.read = (size?: number): Buffer | null => {
    for (;;) {
      const chunk = Reflect.apply(read, socket, [size]) as Buffer | null;
      if (chunk === null || held === null) return chunk;
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const { mended, rest } = passOverInterim(bytes);
      held = mended === null ? rest : null;
      if (mended !== null) return mended;
    }
  };
}

type Passed = { mended: Buffer; rest: null } | { mended: null; rest: Buffer };

/** The bytes from the answer's own head on, which is mended; as long as it is not whole, what there is of it. */
function passOverInterim(bytes: Buffer): Passed {
  const text = bytes.toString("latin1");
  START.lastIndex = 0;
  let start = START.exec(text)?.index ?? 0;
  for (;;) {
    const rest = bytes.subarray(start);
    if (!"HTTP/".startsWith(text.slice(start, start + 5))) return { mended: rest, rest: null };
    HEAD_END.lastIndex = start;
    const end = HEAD_END.exec(text);
    if (!end) return rest.length > MAX_HELD_BYTES ? { mended: rest, rest: null } : { mended: null, rest };
    const head = text.slice(start, end.index + end[0].length);
    INTERIM.lastIndex = start;
    if (!INTERIM.test(text)) return { mended: withProperHead({ bytes: rest, head }), rest: null };
    start += head.length;
  }
}

function withProperHead({ bytes, head }: { bytes: Buffer; head: string }): Buffer {
  if (PROPER.test(head) && !TWO_LENGTHS.test(head)) return bytes;
  return Buffer.concat([Buffer.from(properHead(head), "latin1"), bytes.subarray(head.length)]);
}

function properHead(head: string): string {
  const [status = "", ...lines] = head.replace(/\r{0,2}\n[ \t]+(?=\S)/g, " ").split(/\r{0,2}\n/);
  const headers = lines.flatMap((line) => {
    const [, name, value = ""] = HEADER.exec(line) ?? [];
    return name === undefined ? [] : [{ name, value: value.replace(/[^\t\x20-\x7e\x80-\xff]/g, " ").trim() }];
  });
  const written = withOneLength(headers).map(({ name, value }) => `${name}: ${value}\r\n`);
  const proper = status.replace(
    /^HTTP\/([\d.]+) +/,
    (_, version) => `HTTP/${version === "1.0" ? "1.0" : "1.1"} `,
  );
  return `${proper}\r\n${written.join("")}\r\n`;
}

type Header = { name: string; value: string };

/** RFC 9112, 6.3: chunks go before a length, and the same length told twice is one. */
function withOneLength(headers: Header[]): Header[] {
  const isLength = ({ name }: Header) => name.toLowerCase() === "content-length";
  const isEncoding = ({ name }: Header) => name.toLowerCase() === "transfer-encoding";
  if (headers.some((header) => isEncoding(header) && /chunked/i.test(header.value)))
    return headers.filter((header) => !isLength(header));
  const lengths = headers
    .filter(isLength)
    .flatMap(({ value }) => value.split(",").map((length) => length.trim()));
  if (lengths.length === 0) return headers;
  const others = headers.filter((header) => !isLength(header) && !isEncoding(header));
  return [...others, ...[...new Set(lengths)].map((value) => ({ name: "Content-Length", value }))];
}
