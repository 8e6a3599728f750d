import { AppError, type FieldError, fieldError } from "@/lib/errors";
import { notExpected } from "@/lib/expected";
import { isObject } from "@/lib/json-object";
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
  requireEvents({ events, count: events.length, isList: Array.isArray(body) });
  return events;
}

/** Throws as `toEventList` does; looks at each of the events once, in turn. */
export function requireEvents(input: { events: Iterable<unknown>; count: number; isList: boolean }): void {
  const { events, count, isList } = input;
  if (count > MAX_EVENTS) {
    const what = refuse("events_at_once", { max: MAX_EVENTS });
    throw invalid([fieldError("", notExpected({ what, given: count }))]);
  }
  const errors: FieldError[] = [];
  let tooLarge = -1;
  let index = 0;
  for (const event of events) {
    const refusal = mistake(event);
    if (refusal) errors.push(fieldError(isList ? String(index) : "", refusal));
    if (tooLarge < 0 && isJsonOver({ value: event, maxBytes: MAX_EVENT_BYTES })) tooLarge = index;
    index += 1;
  }
  if (errors.length > 0) throw invalid(errors);
  if (tooLarge >= 0) throw new AppError("too_large", refuse("event_too_large", { index: tooLarge }));
}

function mistake(event: unknown): Refusal | null {
  if (!isObject(event)) {
    return notExpected({ what: refuse("event_object"), given: event });
  }
  const { name } = event;
  const isReserved = typeof name === "string" && name.startsWith("inngest/");
  return isReserved ? refuse("event_name_reserved") : null;
}
