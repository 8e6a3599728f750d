import { processWide } from "@/db/process-wide";
import { MAX_EVENTS_BODY, requireEvents, toEventList } from "@/lib/orders/event-list";
import { withSeededIds } from "@/lib/orders/seeded-id";
import { parseJson, readJsonBytes } from "./read-json";
import type { HttpRequest } from "./route";
import { splitJsonList } from "./split-json-list";

type Use<Result> = (events: Iterable<unknown>) => Promise<Result>;

// A parsed order takes several times its text: from here on events are parsed one at a time, again as they are used.
const PARSED_WHOLE_BYTES = 4 * 1024 * 1024;

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
  const isLarge =
    Number(request.headers.get("content-length") ?? Number.POSITIVE_INFINITY) > PARSED_WHOLE_BYTES;
  const release = isLarge ? await takeTurn() : () => {};
  try {
    const bytes = await readJsonBytes(request, { ...MAX_EVENTS_BODY, isAnyType });
    const events = readEvents(bytes);
    return await use(seed === null ? events : withSeededIds({ events, seed }));
  } finally {
    release();
  }
}

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

const turns = processWide("large-event-bodies", () => ({ last: Promise.resolve() }));

async function takeTurn(): Promise<() => void> {
  const before = turns.last;
  let release = () => {};
  turns.last = new Promise<void>((resolve) => {
    release = resolve;
  });
  await before;
  return release;
}
