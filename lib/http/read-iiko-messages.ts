import { setImmediate } from "node:timers/promises";
import { AppError } from "@/lib/errors";
import { MAX_EVENTS_BODY } from "@/lib/orders/event-list";
import { refuse } from "@/lib/refusals/refuse";
import { inTurnIfLarge } from "./large-bodies";
import { parseJson, readJsonBytes } from "./read-json";
import type { HttpRequest } from "./route";
import { splitJsonList } from "./split-json-list";

const MIB = 1024 * 1024;
const MAX_MESSAGES = 5000;
const MAX_MESSAGE_MIB = 16;
const BYTE_ORDER_MARK = Buffer.from("\uFEFF");

/**
 * Reads what iiko sent, an array of messages or one, and hands each on as its own text, in turn. Throws bad_request
 * for what is no JSON, and too_large; none is handed on then. Large bodies are read one after another.
 */
export function withIikoMessages<Result>(
  request: HttpRequest,
  use: (texts: Iterable<string>) => Promise<Result>,
): Promise<Result> {
  return inTurnIfLarge(request, async () => {
    const bytes = withoutMark(await readJsonBytes(request, { ...MAX_EVENTS_BODY, isAnyType: true }));
    const entries = splitJsonList(bytes) ?? [bytes];
    if (entries.length > MAX_MESSAGES) {
      const count = { count: entries.length, max: MAX_MESSAGES };
      throw new AppError("too_large", refuse("iiko_messages_at_once", count));
    }
    if (entries.some(({ length }) => length > MAX_MESSAGE_MIB * MIB)) {
      throw new AppError("too_large", refuse("iiko_message_too_large", { max: MAX_MESSAGE_MIB }));
    }
    // What is no JSON is told so by its place in the whole.
    if (!(await areJson(entries))) parseJson(bytes);
    return use({ [Symbol.iterator]: () => textsOf(entries) });
  });
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes.indexOf(BYTE_ORDER_MARK) === 0 ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
}

/** Lets others have their turn every MiB. */
async function areJson(entries: Buffer[]): Promise<boolean> {
  let parsedBytes = 0;
  for (const entry of entries) {
    try {
      parseJson(entry);
    } catch {
      return false;
    }
    parsedBytes += entry.length;
    if (parsedBytes < MIB) continue;
    parsedBytes = 0;
    await setImmediate();
  }
  return true;
}

function* textsOf(entries: Buffer[]): Generator<string> {
  for (const entry of entries) yield new TextDecoder().decode(entry).trim();
}
