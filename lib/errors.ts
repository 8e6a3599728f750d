import { refusalText } from "@/lib/refusals/refusal-text";
import type { Refusal } from "@/lib/refusals/refuse";

/** What is wrong with a field in words; `path` uses the wire's field names, e.g. `items.0.price`. */
export type FieldMessage = { path: string; message: string };

/** Where a value was refused and why; the message is the English one. */
export type FieldError = FieldMessage & { refusal: Refusal };

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
 * An expected refusal. Every edge (REST, server action, intake) maps the code to its own answer and words the
 * refusal once; any other exception is a bug and is answered as 500 without its message.
 */
export class AppError extends Error {
  override readonly name = "AppError";

  constructor(
    readonly code: ErrorCode,
    readonly refusal: Refusal,
    readonly errors: FieldError[] = [],
    /** For rate_limited and unavailable: when to try again, in seconds. */
    readonly retryAfterSeconds?: number,
  ) {
    super(refusalText(refusal));
  }
}

export function fieldError(path: string, refusal: Refusal): FieldError {
  return { path, message: refusalText(refusal), refusal };
}
