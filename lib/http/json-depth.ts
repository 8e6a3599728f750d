const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Whether brackets stand more than `limit` levels deep in JSON text (UTF-8). Looks before JSON.parse, which
 * would build a million nested arrays from a megabyte of brackets. It looks at every byte of up to 64 MiB at one go,
 * so it is written for speed.
 */
export function isJsonDeeperThan({ bytes, limit }: { bytes: Uint8Array; limit: number }): boolean {
  const { length } = bytes;
  let depth = 0;
  for (let index = 0; index < length; index++) {
    const byte = bytes[index];
    if (byte === QUOTE) {
      index++;
      while (index < length && bytes[index] !== QUOTE) index += bytes[index] === BACKSLASH ? 2 : 1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth++;
      if (depth > limit) return true;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
  }
  return false;
}
