import { AppError } from "@/lib/errors";
import { readJson } from "@/lib/http/read-json";

const MIB = 1024 * 1024;
const MAX_EVENT_BYTES = 3 * MIB;
const MAX_EVENTS = 5000;
const MAX_REQUEST_BYTES = 64 * MIB;

/**
 * The order events of a request: one JSON object or an array of up to 5000, each of up to 3 MiB (contract 1).
 * Throws bad_request, too_large or unsupported_media_type; whether an event fits the schema is not its concern.
 */
export async function readOrderEvents(
  request: Request,
  { isAnyType = false }: { isAnyType?: boolean } = {},
): Promise<unknown[]> {
  const body = await readJson(request, { maxBytes: MAX_REQUEST_BYTES, isAnyType });
  const events = Array.isArray(body) ? body : [body];
  if (events.length > MAX_EVENTS) {
    throw new AppError("bad_request", `An array may hold up to ${MAX_EVENTS} events, got ${events.length}.`);
  }
  const declared = Number(request.headers.get("content-length") ?? Number.POSITIVE_INFINITY);
  for (const [index, event] of events.entries()) {
    const place = Array.isArray(body) ? `Event ${index} of the array` : "The event";
    if (typeof event !== "object" || event === null || Array.isArray(event)) {
      throw new AppError("bad_request", `${place} must be a JSON object with "name" and "data".`);
    }
    const { name } = event as { name?: unknown };
    if (typeof name === "string" && name.startsWith("inngest/")) {
      throw new AppError(
        "bad_request",
        `${place} is named ${name.slice(0, 100)}; names that begin with inngest/ are reserved.`,
      );
    }
    // Measuring costs a serialisation, so only where the request as a whole leaves room for a large event.
    if (declared > MAX_EVENT_BYTES && Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES) {
      throw new AppError("too_large", `${place} is over 3 MiB.`);
    }
  }
  return events;
}
