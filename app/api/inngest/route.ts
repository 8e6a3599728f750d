import { randomUUID } from "node:crypto";
import { serve } from "inngest/next";
import type { NextRequest } from "next/server";
import { inngestClient, isInngestConfigured } from "@/inngest/client";
import { inngestFunctions } from "@/inngest/functions";
import { problem } from "@/lib/http/problem";

// A step lasts as long as its request: a webhook's timeout is 300 s at most.
export const maxDuration = 300;

const NOT_SERVED =
  "The embedded engine runs the deliveries. Set INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY, or INNGEST_DEV, to have Inngest run them.";

let served: ReturnType<typeof serve> | undefined;

/** Where Inngest calls the functions. Outside of dev mode the SDK answers 401 to what Inngest did not sign. */
async function handle(request: NextRequest): Promise<Response> {
  if (!isInngestConfigured()) {
    return problem({ kind: "not_found", detail: NOT_SERVED, requestId: randomUUID() });
  }
  served ??= serve({ client: inngestClient(), functions: inngestFunctions() });
  return served(request, undefined);
}

export { handle as GET, handle as POST, handle as PUT };
