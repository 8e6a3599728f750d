type Request = { url: string; method: string; headers: Record<string, string>; body: string | null };

/** A command line much longer than this is refused by some systems. */
export const MAX_CURL_BODY = 100_000;

// curl works these out by itself.
const OWN_HEADERS = new Set(["host", "content-length", "connection", "transfer-encoding"]);

/**
 * The request as a curl command for a POSIX shell. Secrets are `***` in what is stored and stay so. A body that
 * is not shown or too long is read from body.json.
 */
export function asCurl({ url, method, headers, body }: Request): string {
  const shown = Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()));
  const isInline = body !== null && body.length <= MAX_CURL_BODY;
  return [
    `curl -X ${quoted(method)} ${quoted(url)}`,
    ...shown.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    isInline ? `--data-raw ${quoted(body)}` : "--data-binary @body.json",
  ].join(" \\\n  ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
