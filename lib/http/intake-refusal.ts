import { AppError, type ErrorCode } from "@/lib/errors";
import { logger } from "@/lib/logger";

const STATUS: Partial<Record<ErrorCode, number>> = {
  bad_request: 400,
  invalid: 400,
  unauthorized: 401,
  too_large: 413,
  unsupported_media_type: 415,
  unavailable: 503,
};

/** What the intake answers to what it could not take, as Inngest's event API does: `{ error, status }`. */
export function answerRefusal(error: unknown): Response {
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
