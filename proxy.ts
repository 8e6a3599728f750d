import { type NextRequest, NextResponse } from "next/server";

/** Tells pages their own address, which a layout cannot know: where to come back to after signing in. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: ["/((?!api/|e/|_next/|favicon|icon).*)"] };
