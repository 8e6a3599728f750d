import { sendOrderEvents } from "@/inngest/send";
import { isSameSecret } from "@/lib/crypto";
import { AppError, type ErrorCode } from "@/lib/errors";
import { withOrderEvents } from "@/lib/http/read-order-events";
import type { RouteHandler } from "@/lib/http/route";
import { logger } from "@/lib/logger";
import { refuse } from "@/lib/refusals/refuse";
import { secrets } from "@/lib/secrets";

const STATUS: Partial<Record<ErrorCode, number>> = {
  bad_request: 400,
  invalid: 400,
  unauthorized: 401,
  too_large: 413,
  unsupported_media_type: 415,
  unavailable: 503,
};

/** Inngest's event API (contract 1): `{ ids, status: 200 }`, or `{ error, status }`. */
export const POST: RouteHandler = async (request, { params }) => {
  try {
    const eventKey = (await params)?.eventKey;
    if (typeof eventKey !== "string" || !isSameSecret(eventKey, secrets().EVENT_KEY))
      throw new AppError("unauthorized", refuse("event_key_unknown"));
    const { ids } = await withOrderEvents({ request, isAnyType: true }, sendOrderEvents);
    return Response.json({ ids, status: 200 });
  } catch (error) {
    return refusalAnswer(error);
  }
};

function refusalAnswer(error: unknown): Response {
  const status = error instanceof AppError ? (STATUS[error.code] ?? 400) : 500;
  if (status === 500) logger.error({ err: error }, "the intake failed");
  const message =
    error instanceof AppError ? error.message : "The events were not accepted; send them again.";
  const retryAfter = error instanceof AppError && error.retryAfterSeconds;
  return Response.json(
    { error: message, status },
    { status, headers: retryAfter ? { "retry-after": String(retryAfter) } : {} },
  );
}
