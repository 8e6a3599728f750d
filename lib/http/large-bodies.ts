import { processWide } from "@/db/process-wide";
import type { HttpRequest } from "./route";

/** A larger body is parsed piece by piece: what JSON.parse makes of text takes several times its room. */
export const PARSED_WHOLE_BYTES = 4 * 1024 * 1024;

const turns = processWide("large-bodies", () => ({ last: Promise.resolve() }));

/** Reads and uses large bodies one after another, whoever sends them, so that no number of senders fills the memory. */
export async function inTurnIfLarge<Result>(
  { headers }: HttpRequest,
  use: () => Promise<Result>,
): Promise<Result> {
  const isLarge = Number(headers.get("content-length") ?? Number.POSITIVE_INFINITY) > PARSED_WHOLE_BYTES;
  if (!isLarge) return use();
  const used = turns.last.then(use);
  turns.last = used.then(
    () => undefined,
    () => undefined,
  );
  return used;
}
