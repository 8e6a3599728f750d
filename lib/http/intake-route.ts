import { isSameSecret } from "@/lib/crypto";
import { AppError, type ErrorCode } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { refuse } from "@/lib/refusals/refuse";
import { secrets } from "@/lib/secrets";
import type { HttpRequest, RouteHandler } from "./route";

const STATUS: Partial<Record<ErrorCode, number>> = {
  bad_request: 400,
  invalid: 400,
  unauthorized: 401,
  too_large: 413,
  unsupported_media_type: 415,
  unavailable: 503,
};

/**
 * A route of the intake, with the event key in its path: answers 200 with what `take` returns, or, as Inngest's event
 * API does, `{ error, status }`.
 */
export function intakeRoute(take: (request: HttpRequest) => Promise<object>): RouteHandler {
  return async (request, { params }) => {
    try {
      const eventKey = (await params)?.eventKey;
      if (typeof eventKey !== "string" || !isSameSecret(eventKey, secrets().EVENT_KEY))
        throw new AppError("unauthorized", refuse("event_key_unknown"));
      return Response.json({ ...(await take(request)), status: 200 });
    } catch (error) {
      return answerRefusal(error);
    }
  };
}

/** For whoever opens the intake's address in a browser to see whether it is there. */
export async function answerPostOnly(): Promise<Response> {
  const error = "This address takes order events by POST; there is nothing to read here.";
  return refusal({ status: 405, error, headers: { allow: "POST" } });
}

function answerRefusal(error: unknown): Response {
  if (!(error instanceof AppError)) {
    logger.error({ err: error }, "the intake failed");
    return refusal({ status: 500, error: "The events were not accepted; send them again." });
  }
  const retryAfter = error.retryAfterSeconds;
  return refusal({
    status: STATUS[error.code] ?? 400,
    error: error.message,
    headers: retryAfter ? { "retry-after": String(retryAfter) } : {},
  });
}

type Refused = { status: number; error: string; headers?: Record<string, string> };

function refusal({ status, error, headers = {} }: Refused): Response {
  return Response.json({ error, status }, { status, headers });
}
