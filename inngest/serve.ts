import { text } from "node:stream/consumers";
import { serve } from "inngest/next";
import type { NextRequest } from "next/server";
import type { HttpRequest } from "@/lib/http/route";
import { inngestClient, isInngestDev, pinnedServeOrigin } from "./client";
import { inngestFunctions } from "./functions";

export const SERVE_PATH = "/api/inngest";

let functions: ReturnType<typeof inngestFunctions> | undefined;

/**
 * What answers Inngest's calls. Asked to register, which outside of dev mode takes a signature unless `isOwnRequest`,
 * it registers the pinned address.
 */
export function serveFunctions({ isOwnRequest = false }: { isOwnRequest?: boolean } = {}) {
  functions ??= inngestFunctions();
  const serveOrigin = pinnedServeOrigin();
  const handle = serve({
    client: inngestClient(),
    functions,
    enableUnauthedSync: isOwnRequest || isInngestDev(),
    ...(serveOrigin ? { serveOrigin } : {}),
  });
  return (request: HttpRequest): Promise<Response> => handle(asNextRequest(request), undefined);
}

// All that inngest/next asks of one.
function asNextRequest({ method, url, headers, body }: HttpRequest): NextRequest {
  return {
    method,
    url,
    headers,
    text: async () => (body ? text(body) : ""),
  } as unknown as NextRequest;
}
