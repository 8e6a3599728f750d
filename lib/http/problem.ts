import { isDatabaseAway } from "@/db/faults";
import { AppError, type ErrorCode, type FieldError } from "@/lib/errors";
import { logger } from "@/lib/logger";

export type ProblemKind = ErrorCode | "method_not_allowed" | "internal";

/** Every kind of problem that the API answers with, each with its entry in /api/docs. */
export const PROBLEMS: Record<ProblemKind, { status: number; title: string }> = {
  bad_request: { status: 400, title: "The request cannot be read" },
  unauthorized: { status: 401, title: "A valid API token is needed" },
  forbidden: { status: 403, title: "The token's role does not allow this" },
  not_found: { status: 404, title: "There is no such thing" },
  method_not_allowed: { status: 405, title: "This path does not take this method" },
  conflict: { status: 409, title: "This conflicts with the present state" },
  too_large: { status: 413, title: "The request is too large" },
  unsupported_media_type: { status: 415, title: "The request body must be JSON" },
  invalid: { status: 422, title: "Some fields are not valid" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something went wrong here" },
  unavailable: { status: 503, title: "Temporarily unavailable" },
};

type Problem = {
  kind: ProblemKind;
  detail: string;
  requestId: string;
  errors?: FieldError[];
  headers?: Record<string, string>;
};

/** A problem as RFC 9457 describes it, with the request's id and, for 422, `errors` by field. */
export function problem({ kind, detail, requestId, errors, headers }: Problem): Response {
  const { status, title } = PROBLEMS[kind];
  const body = {
    type: problemPath(kind),
    title,
    status,
    detail,
    request_id: requestId,
    ...(errors ? { errors: errors.map(({ path, message }) => ({ path, message })) } : {}),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
  });
}

/** A problem's `type`: where /api/docs explains it. */
export function problemPath(kind: ProblemKind): string {
  return `/api/docs#problem-${kind.replaceAll("_", "-")}`;
}

/** Turns any exception into an answer. A refusal keeps its text; a bug is logged under the request's id and answered 500. */
export function problemOf({ error, requestId }: { error: unknown; requestId: string }): Response {
  if (error instanceof AppError) return refusal({ error, requestId });
  logger.error({ err: error, requestId }, "an API request failed");
  if (isDatabaseAway(error)) {
    const detail = "The database does not answer; try again in a moment.";
    return problem({ kind: "unavailable", detail, requestId, headers: { "retry-after": "5" } });
  }
  const detail = `The request failed unexpectedly. The server's log tells more under ${requestId}.`;
  return problem({ kind: "internal", detail, requestId });
}

function refusal({ error, requestId }: { error: AppError; requestId: string }): Response {
  const headers: Record<string, string> = {};
  if (error.code === "unauthorized") headers["www-authenticate"] = "Bearer";
  if (error.retryAfterSeconds !== undefined) headers["retry-after"] = String(error.retryAfterSeconds);
  const errors = error.code === "invalid" ? error.errors : undefined;
  return problem({
    kind: error.code,
    detail: error.message,
    requestId,
    headers,
    ...(errors ? { errors } : {}),
  });
}
