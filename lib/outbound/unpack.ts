import { isUtf8 } from "node:buffer";
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

/** What unpacks to more is a bomb, or too long to be read anyway: sixteen times what is kept. */
const MAX_UNPACKED_BYTES = 256 * 1024;

// An answer may be cut off: what it holds so far is wanted, and no error.
const ZLIB = { maxOutputLength: MAX_UNPACKED_BYTES, finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = { maxOutputLength: MAX_UNPACKED_BYTES, finishFlush: constants.BROTLI_OPERATION_FLUSH };

/** An answer that came compressed although we had declined it; null when it cannot be unpacked within bounds. */
export function unpack({ bytes, encoding }: { bytes: Buffer; encoding: string }): Buffer | null {
  try {
    return encoding.split(",").reduceRight((packed, coding) => unpackOne({ bytes: packed, coding }), bytes);
  } catch {
    // Some name no compression but a charset, or leave the header on a text that they have unpacked.
    return isUtf8(bytes) && bytes.length > 0 && !bytes.includes(0) ? bytes : null;
  }
}

function unpackOne({ bytes, coding }: { bytes: Buffer; coding: string }): Buffer {
  switch (coding.trim().toLowerCase()) {
    case "":
    case "identity":
      return bytes;
    case "gzip":
    case "x-gzip":
      return gunzipSync(bytes, ZLIB);
    case "deflate":
      return isZlib(bytes) ? inflateSync(bytes, ZLIB) : inflateRawSync(bytes, ZLIB);
    case "br":
      return brotliDecompressSync(bytes, BROTLI);
    default:
      throw new Error(`No way to unpack ${coding}.`);
  }
}

/** RFC 1950's header; some servers send the bare data of RFC 1951 instead. */
function isZlib(bytes: Buffer): boolean {
  return bytes.length >= 2 && (bytes.readUInt8(0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}
