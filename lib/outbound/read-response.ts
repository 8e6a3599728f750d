import { isUtf8 } from "node:buffer";
import type { IncomingHttpHeaders } from "node:http";
import { unpack } from "@/lib/outbound/unpack";
import { storableText } from "@/lib/text";

export const MAX_BODY_BYTES = 16 * 1024;
const MAX_HEADERS = 64;
const MAX_HEADERS_LENGTH = 8 * 1024;
const MAX_REDIRECT_LENGTH = 2048;

/**
 * The body's first 16 KiB, unpacked, as text in the charset that the response names (UTF-8 if none); bad bytes are
 * U+FFFD. One that cannot be unpacked, or is a bomb, says so instead.
 */
export function readBody({ chunks, headers }: { chunks: Buffer[]; headers: IncomingHttpHeaders }): string {
  const first = chunks[0];
  if (!first) return "";
  const sent = chunks.length === 1 ? first : Buffer.concat(chunks);
  const encoding = headers["content-encoding"] === undefined ? null : String(headers["content-encoding"]);
  const bytes = encoding === null ? sent : unpack({ bytes: sent, encoding });
  if (bytes === null) return `(compressed with ${encoding?.slice(0, 40)}, not shown)`;
  const kept = bytes.subarray(0, MAX_BODY_BYTES);
  const isCut = kept.length < bytes.length || sent.length > MAX_BODY_BYTES;
  return storableText(decode({ bytes: kept, isCut, contentType: headerValue(headers, "content-type") }));
}

/** The response's headers as they are stored: at most 64 of them and 8 KiB; repeated ones are joined by ", ". */
export function readHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  let count = 0;
  let length = 0;
  for (const [name, value] of Object.entries(headers)) {
    const text = headerText(Array.isArray(value) ? value.join(", ") : (value ?? ""));
    count += 1;
    length += name.length + text.length;
    if (count > MAX_HEADERS || length > MAX_HEADERS_LENGTH) break;
    kept[name] = text;
  }
  return kept;
}

/** A header's value, the first one if it was sent twice (undici then has a list, whatever Node's types say). */
export function headerValue(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined ? null : headerText(first);
}

/** undici reads every byte of a header as a character of its own; what is UTF-8 is meant so. */
function headerText(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return storableText(value);
  const bytes = Buffer.from(value, "latin1");
  return storableText(isUtf8(bytes) ? bytes.toString("utf8") : value);
}

/** Where a 3xx response points, as an absolute URL if it is one; null for any other response. */
export function readRedirect({
  status,
  headers,
  url,
}: {
  status: number | null;
  headers: IncomingHttpHeaders;
  url: string;
}): string | null {
  const location = headerValue(headers, "location");
  if (status === null || status < 300 || status > 399 || location === null) return null;
  const target = URL.canParse(location, url) ? new URL(location, url).href : location;
  return target.slice(0, MAX_REDIRECT_LENGTH);
}

type Encoded = { bytes: Buffer; isCut: boolean; contentType: string | null };

function decode({ bytes, isCut, contentType }: Encoded): string {
  const charset = charsetOf({ bytes, contentType });
  const mayBeUtf8 = charset === null || charset === "utf-8";
  if (mayBeUtf8 && isUtf8(bytes)) return withoutMark(bytes.toString("utf8"));
  // The cap can cut a character in two, which is no fault of the receiver's: as a stream, half of one is left out.
  const text = decoder(charset ?? "utf-8").decode(bytes, { stream: isCut });
  const isGarbled = mayBeUtf8 && text.includes("\ufffd");
  return isGarbled && looksRussian(bytes) ? decoder("windows-1251").decode(bytes) : text;
}

/** As browsers find it: the bytes' own mark, the header, what an HTML or XML text says of itself. */
function charsetOf({ bytes, contentType }: Omit<Encoded, "isCut">): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const said = CHARSET.exec(contentType ?? "") ?? CHARSET_WITHIN.exec(bytes.toString("latin1", 0, 1024));
  const charset = said?.[1]?.toLowerCase() ?? null;
  return charset === null ? null : (ALIASES[charset] ?? charset);
}

const CHARSET = /charset\s*=\s*["']?([^\s;"']+)/i;
const CHARSET_WITHIN = /<(?:meta\b[^>]*\bcharset|\?xml\b[^>]*\bencoding)\s*=\s*["']?([^\s;"'>/]+)/i;
const ALIASES: Record<string, string> = {
  utf8: "utf-8",
  "win-1251": "windows-1251",
  win1251: "windows-1251",
};

/** Old Russian servers write windows-1251 and say nothing of it, or UTF-8: a word of three letters is meant so. */
function looksRussian(bytes: Buffer): boolean {
  const isText = bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
  return isText && /[\xc0-\xff\xa8\xb8]{3}/.test(bytes.toString("latin1"));
}

function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

function decoder(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
