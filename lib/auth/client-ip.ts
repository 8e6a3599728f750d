/**
 * The address a request came from: the last one in X-Forwarded-For, which the nearest proxy wrote, or where there is
 * none Next or lib/http/answer-node. Without a proxy the sender can write it, so no limit may rest on it alone.
 */
export function clientIp(headers: Pick<Headers, "get">): string {
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return last ? last.slice(0, 64) : "unknown";
}
