const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * The entries of a JSON list as parts of its bytes, so that they can be parsed one at a time. Null when the text is no
 * list. Whether each part is JSON is for its parser to say: where the text is not, so is one of the parts.
 */
export function splitJsonList(bytes: Buffer): Buffer[] | null {
  const start = skipSpace(bytes, 0);
  if (bytes[start] !== OPEN_LIST) return null;
  const entries: Buffer[] = [];
  let depth = 0;
  let entryStart = start + 1;
  for (let index = start; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === QUOTE) index = endOfText(bytes, index);
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth += 1;
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
    else if (byte === COMMA && depth === 1) {
      entries.push(bytes.subarray(entryStart, index));
      entryStart = index + 1;
    }
    if (depth > 0) continue;
    const last = bytes.subarray(entryStart, index);
    const isEmpty = entries.length === 0 && skipSpace(last, 0) === last.length;
    if (!isEmpty) entries.push(last);
    // What follows the list belongs to no entry, and is no JSON.
    const rest = bytes.subarray(index + 1);
    return skipSpace(rest, 0) === rest.length && byte === CLOSE_LIST ? entries : null;
  }
  return null;
}

function endOfText(bytes: Buffer, start: number): number {
  let index = start + 1;
  while (index < bytes.length && bytes[index] !== QUOTE) index += bytes[index] === BACKSLASH ? 2 : 1;
  return index;
}

function skipSpace(bytes: Buffer, start: number): number {
  let index = start;
  while (index < bytes.length && " \t\n\r".includes(String.fromCharCode(bytes[index] ?? 0))) index += 1;
  return index;
}
