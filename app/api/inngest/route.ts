import { randomUUID } from "node:crypto";
import { isInngestConfigured, isInngestDev, pinnedServeOrigin } from "@/inngest/client";
import { serveFunctions } from "@/inngest/serve";
import { clientIp } from "@/lib/auth/client-ip";
import { noteInngestAddress } from "@/lib/auth/visitors";
import { problem } from "@/lib/http/problem";
import type { HttpRequest } from "@/lib/http/route";

// A step lasts as long as its request: a webhook's timeout is 300 s at most.
export const maxDuration = 300;

const NOT_SERVED =
  "The embedded engine runs the deliveries. Set INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY, or INNGEST_DEV, to have Inngest run them.";

const NOT_PINNED =
  "Nothing is registered with Inngest while the address that it should call is not set: set INNGEST_SERVE_ORIGIN or APP_URL.";

let served: ReturnType<typeof serveFunctions> | undefined;

/**
 * Where Inngest calls the functions. Outside of dev mode the SDK answers 401 to what Inngest did not sign, asking to
 * register included, and registers the pinned address only.
 */
async function handle(request: HttpRequest): Promise<Response> {
  if (!isInngestConfigured()) {
    return problem({ kind: "not_found", detail: NOT_SERVED, requestId: randomUUID() });
  }
  // The SDK would refuse it as well, but only after it has read the body, and with a stack trace in the log.
  if (!isInngestDev() && request.headers.get("x-inngest-signature") === null) {
    return Response.json({ message: "Unauthorized" }, { status: 401 });
  }
  if (request.method === "PUT" && !pinnedServeOrigin() && !isInngestDev()) {
    return problem({ kind: "conflict", detail: NOT_PINNED, requestId: randomUUID() });
  }
  served ??= serveFunctions();
  const answer = await served(request);
  if (answer.ok && request.method === "POST") noteInngestAddress(clientIp(request.headers));
  return answer;
}

export { handle as GET, handle as POST, handle as PUT };
