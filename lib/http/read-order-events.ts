import { MAX_EVENTS_BODY, requireEvents, toEventList } from "@/lib/orders/event-list";
import { withSeededIds } from "@/lib/orders/seeded-id";
import { inTurnIfLarge, PARSED_WHOLE_BYTES } from "./large-bodies";
import { parseJson, readJsonBytes } from "./read-json";
import type { HttpRequest } from "./route";
import { splitJsonList } from "./split-json-list";

type Use<Result> = (events: Iterable<unknown>) => Promise<Result>;

/**
 * Reads a request's order events (contract 1) and hands them on, those without an id with the ids that the sender's
 * seed gives them. Throws as `readJson` and `toEventList` do; none is handed on then. Large bodies are read one after
 * another, so that no number of senders fills the memory.
 */
export async function withOrderEvents<Result>(
  { request, isAnyType = false }: { request: HttpRequest; isAnyType?: boolean },
  use: Use<Result>,
): Promise<Result> {
  const seed = request.headers.get("x-inngest-event-id-seed");
  return inTurnIfLarge(request, async () => {
    const events = readEvents(await readJsonBytes(request, { ...MAX_EVENTS_BODY, isAnyType }));
    return use(seed === null ? events : withSeededIds({ events, seed }));
  });
}

// Those of a large body are parsed one at a time, and again as they are used.
function readEvents(bytes: Buffer): Iterable<unknown> {
  const entries = bytes.length > PARSED_WHOLE_BYTES ? splitJsonList(bytes) : null;
  // What is no list, or no JSON, is told so as a small body is.
  if (!entries?.every(isJson)) return toEventList(parseJson(bytes));
  const events = { [Symbol.iterator]: () => parsedInTurn(entries) };
  requireEvents({ events, count: entries.length, isList: true });
  return events;
}

function* parsedInTurn(entries: Buffer[]): Generator<unknown> {
  for (const entry of entries) yield parseJson(entry);
}

function isJson(entry: Buffer): boolean {
  try {
    parseJson(entry);
    return true;
  } catch {
    return false;
  }
}
