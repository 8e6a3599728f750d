export type DescribedError = {
  type: string;
  message: string;
  code?: string;
  digest?: string;
  stack?: string;
  cause?: DescribedError;
};

const MAX_MESSAGE_CHARS = 1_000;
const MAX_CAUSES = 5;
// Postgres quotes what it was given: data exceptions (22) do, and so can what a trigger raises (P0).
const QUOTING_SQLSTATE = /^(22|P0)/;

/**
 * What may be told of an error in a log: its kind, place and cause, and never the data that it came of. Drizzle's
 * message ends with the parameters, Postgres' `detail` and `where` hold rows, an error of JSON or of a URL quotes them.
 * So only what is named here is taken; other fields of an error are left out.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (typeof error !== "object" || error === null)
    return { type: typeof error, message: cleanText(String(error)) };
  const { code, digest, stack, cause, message } = error as Record<string, unknown>;
  return {
    type: error.constructor?.name ?? "Object",
    message: messageOf({ error, message, code }),
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof digest === "string" ? { digest } : {}),
    ...(typeof stack === "string" ? { stack: framesOf(stack) } : {}),
    ...(cause && depth < MAX_CAUSES ? { cause: describeError(cause, depth + 1) } : {}),
  };
}

function messageOf({ error, message, code }: { error: object; message: unknown; code: unknown }): string {
  if (typeof message !== "string") return "";
  const isPostgres = "severity" in error && typeof code === "string";
  if (isPostgres && QUOTING_SQLSTATE.test(code))
    return "left out, since it can quote data; the code tells what it is";
  return cleanText(message).slice(0, MAX_MESSAGE_CHARS);
}

// The first lines repeat the message.
function framesOf(stack: string): string {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}

/** A text without the parameters of a statement, without what a message quotes, and without a URL's path and secrets. */
export function cleanText(text: string): string {
  return text
    .replace(/\nparams: [\s\S]*?(?=\n\s+at |$(?![\s\S]))/g, "")
    .replace(/(invalid (?:input|value|byte|unicode)[^:\n]*: )"[\s\S]*"/gi, '$1"…"')
    .replace(/"[\s\S]*"(?= is not valid JSON)/g, '"…"')
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/)(?:[^\s/?#"'@]*@)?([^\s/?#"']*)[/?#][^\s"')]*/gi, "$1$2/…");
}
