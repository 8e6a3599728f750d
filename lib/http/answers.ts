import type { HttpRequest } from "./route";

/** An answer of the API: never kept by a cache, since it depends on who asks. */
export function jsonAnswer(
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: HeadersInit } = {},
): Response {
  const answer = Response.json(body, { status, headers });
  answer.headers.set("cache-control", "no-store");
  return answer;
}

/** A page of a list as a plain array; the next page's address, if there is one, is in the Link header (RFC 8288). */
export function pageAnswer({
  request,
  items,
  nextCursor,
}: {
  request: HttpRequest;
  items: unknown[];
  nextCursor: string | null;
}): Response {
  if (nextCursor === null) return jsonAnswer(items);
  const next = publicUrl(request);
  next.searchParams.set("cursor", nextCursor);
  return jsonAnswer(items, { headers: { link: `<${next.href}>; rel="next"` } });
}

/** The address under which the caller reached us, which behind a proxy is not the one that Next sees. */
function publicUrl(request: HttpRequest): URL {
  const url = new URL(request.url);
  const protocol = firstOf(request.headers.get("x-forwarded-proto")) ?? url.protocol.replace(":", "");
  const host = firstOf(request.headers.get("x-forwarded-host")) ?? request.headers.get("host") ?? url.host;
  const origin = `${protocol}://${host}`;
  const isUsable = /^https?:\/\/[\w.:[\]-]+$/i.test(origin) && URL.canParse(origin);
  return isUsable ? new URL(url.pathname + url.search, origin) : url;
}

function firstOf(list: string | null): string | null {
  return list?.split(",")[0]?.trim() || null;
}
