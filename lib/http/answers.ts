import type { Page } from "./cursor";
import type { HttpRequest } from "./route";

/** A JSON answer that no cache may keep, since it depends on the caller's role. */
export function jsonAnswer(
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: HeadersInit } = {},
): Response {
  const answer = Response.json(body, { status, headers });
  answer.headers.set("cache-control", "no-store");
  return answer;
}

/** One page of a list as a plain array. The Link header (RFC 8288) holds the address of the next page, if any. */
export function pageAnswer({
  request,
  items,
  nextCursor,
}: Page<unknown> & { request: HttpRequest }): Response {
  if (nextCursor === null) return jsonAnswer(items);
  const next = publicUrl(request);
  next.searchParams.set("cursor", nextCursor);
  return jsonAnswer(items, { headers: { link: `<${next.href}>; rel="next"` } });
}

/** The address that the caller used. Behind a proxy, Next sees another one. */
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
