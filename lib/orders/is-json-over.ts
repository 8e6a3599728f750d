/**
 * Whether a value parsed from JSON takes more than `maxBytes` as compact JSON in UTF-8. Stops as soon as it is
 * sure, and never makes the text: one event may fill a request's whole body.
 */
export function isJsonOver({ value, maxBytes }: { value: unknown; maxBytes: number }): boolean {
  return bytesLeft({ value, left: maxBytes }) < 0;
}

function bytesLeft({ value, left }: { value: unknown; left: number }): number {
  if (typeof value === "string") return left - textBytes({ text: value, left });
  if (typeof value !== "object" || value === null) return left - String(value).length;
  return Array.isArray(value) ? listLeft({ list: value, left }) : objectLeft({ object: value, left });
}

// Both brackets and the commas between: one more than there are entries, and two when there are none.
function listLeft({ list, left }: { list: unknown[]; left: number }): number {
  let rest = left - Math.max(2, list.length + 1);
  for (const entry of list) {
    if (rest < 0) return rest;
    rest = bytesLeft({ value: entry, left: rest });
  }
  return rest;
}

function objectLeft({ object, left }: { object: object; left: number }): number {
  const keys = Object.keys(object);
  let rest = left - Math.max(2, keys.length + 1);
  for (const key of keys) {
    if (rest < 0) return rest;
    rest -= textBytes({ text: key, left: rest }) + 1;
    rest = bytesLeft({ value: (object as Record<string, unknown>)[key], left: rest });
  }
  return rest;
}

function textBytes({ text, left }: { text: string; left: number }): number {
  if (text.length > left) return text.length;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes these, and surrogates without a partner
  const mayNeedEscapes = /["\\\u0000-\u001f\ud800-\udfff]/.test(text);
  return mayNeedEscapes ? Buffer.byteLength(JSON.stringify(text)) : Buffer.byteLength(text) + 2;
}
