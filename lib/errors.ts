/** Where a value was refused and why; `path` uses the wire's field names, e.g. `items.0.price`. */
export type FieldError = { path: string; message: string };

export type ErrorCode =
  | "bad_request"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "too_large"
  | "unsupported_media_type"
  | "invalid"
  | "rate_limited"
  | "unavailable";

/**
 * An expected refusal with words for a person. Every edge (REST, server action, intake) maps the code
 * to its own answer once; any other exception is a bug and is answered as 500 without its message.
 */
export class AppError extends Error {
  override readonly name = "AppError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly errors: FieldError[] = [],
    /** For rate_limited and unavailable: when to try again, in seconds. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}
