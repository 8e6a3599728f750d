import { AppError, fieldError } from "@/lib/errors";
import { notExpected } from "@/lib/expected";
import { invalid } from "@/lib/parse-input";
import { type Refusal, refuse } from "@/lib/refusals/refuse";
import { isJsonOver } from "./is-json-over";

const MIB = 1024 * 1024;
const MAX_EVENTS = 5000;
const MAX_EVENT_BYTES = 3 * MIB;

/** Deeper than an order may be nested: what does not fit is kept and marked, not lost. */
export const MAX_EVENTS_BODY = { maxBytes: 64 * MIB, maxDepth: 500 };

/**
 * The order events of a request's body: one, or an array of up to 5000, each up to 3 MiB (contract 1). Throws
 * too_large, and invalid for what is no JSON object or has a name that Inngest reserves; none is accepted then.
 */
export function toEventList(body: unknown): unknown[] {
  const events: unknown[] = Array.isArray(body) ? body : [body];
  if (events.length > MAX_EVENTS) {
    const what = refuse("events_at_once", { max: MAX_EVENTS });
    throw invalid([fieldError("", notExpected({ what, given: events.length }))]);
  }
  const errors = events.flatMap((event, index) => {
    const refusal = mistake(event);
    return refusal ? [fieldError(Array.isArray(body) ? String(index) : "", refusal)] : [];
  });
  if (errors.length > 0) throw invalid(errors);
  const tooLarge = events.findIndex((event) => isJsonOver({ value: event, maxBytes: MAX_EVENT_BYTES }));
  if (tooLarge >= 0) throw new AppError("too_large", refuse("event_too_large", { index: tooLarge }));
  return events;
}

function mistake(event: unknown): Refusal | null {
  if (typeof event !== "object" || event === null || Array.isArray(event)) {
    return notExpected({ what: refuse("event_object"), given: event });
  }
  const { name } = event as { name?: unknown };
  const isReserved = typeof name === "string" && name.startsWith("inngest/");
  return isReserved ? refuse("event_name_reserved") : null;
}
