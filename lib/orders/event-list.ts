import { AppError } from "@/lib/errors";
import { preview } from "@/lib/expected";
import { invalid } from "@/lib/parse-input";

const MIB = 1024 * 1024;
const MAX_EVENTS = 5000;
const MAX_EVENT_BYTES = 3 * MIB;

/** Deeper than an order may be nested: what does not fit is kept and marked, not lost. */
export const MAX_EVENTS_BODY = { maxBytes: 64 * MIB, maxDepth: 500 };

/**
 * The order events of a request's body: one, or an array of up to 5000, each up to 3 MiB (contract 1). Throws
 * too_large, and invalid for a body that is neither an object nor an array; nothing is accepted then.
 */
export function toEventList(body: unknown): unknown[] {
  if (typeof body !== "object" || body === null) {
    const message = `expected an order event or an array of them, got ${preview(body)}`;
    throw invalid([{ path: "", message }]);
  }
  const events: unknown[] = Array.isArray(body) ? body : [body];
  if (events.length > MAX_EVENTS) {
    throw new AppError(
      "too_large",
      `The array holds ${events.length} order events; send at most ${MAX_EVENTS} at once.`,
    );
  }
  const tooLarge = events.findIndex((event) => Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES);
  if (tooLarge >= 0) throw new AppError("too_large", `The order event at index ${tooLarge} is over 3 MiB.`);
  return events;
}
