/** A JSON object of which nothing is known. */
export type Loose = Record<string, unknown>;

export function isObject(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object of any fields; an empty one for anything else, so that its fields are simply not there. */
export function objectIn(value: unknown): Loose {
  return isObject(value) ? value : {};
}

/** What a text is as JSON; undefined where it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
