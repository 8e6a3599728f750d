import { setTimeout as sleep } from "node:timers/promises";
import { processWide } from "@/db/process-wide";
import { isInspectorToken } from "@/db/queries/inspector";
import { createRateLimit } from "@/lib/auth/rate-limit";
import { AppError } from "@/lib/errors";
import { readBytes } from "@/lib/http/read-json";
import type { HttpRequest } from "@/lib/http/route";
import type { Reaction } from "@/lib/inspector/behaviour";
import { type InspectedRequest, storeInspectedRequest } from "@/lib/inspector/store-request";
import { parsedJson } from "@/lib/json-object";
import { logger } from "@/lib/logger";

export type AskedInspector = Omit<InspectedRequest, "body"> & {
  request: Pick<HttpRequest, "headers" | "body">;
  /** Aborted when the sender waits no longer. */
  gone: AbortSignal;
};

const MAX_BODY_BYTES = 3 * 1024 * 1024;
// Of one process, so that however many come, the product has the rest of its time for orders.
const MAX_AT_ONCE = 100;
const MAX_IN_WINDOW = 300;
const STRANGERS_IN_WINDOW = 60;
const WINDOW_SECONDS = 10;
const KNOWN_FOR_MS = 5_000;

const limits = processWide("inspector-limits", () => ({
  underWay: 0,
  requests: createRateLimit({ limit: MAX_IN_WINDOW, windowSeconds: WINDOW_SECONDS }),
  strangers: createRateLimit({ limit: STRANGERS_IN_WINDOW, windowSeconds: WINDOW_SECONDS }),
  known: { token: "", until: 0 },
}));

/**
 * Takes a request to the inspector and answers as its behaviour says, after its delay; null: the connection is to be
 * closed without an answer. An answer never repeats anything of what came.
 */
export async function receiveAtInspector(asked: AskedInspector): Promise<Response | null> {
  const { token } = asked;
  const wait = waitSeconds(token);
  if (wait > 0) return refusal({ status: 429, error: "Too many requests to the inspector.", wait });
  if (limits.underWay >= MAX_AT_ONCE)
    return refusal({ status: 503, error: "Too many requests to the inspector are under way.", wait: 1 });
  limits.underWay += 1;
  try {
    const reaction = await react(asked);
    if (!reaction) return refusal({ status: 404, error: "There is no inspector at this address." });
    if (reaction.delaySeconds > 0)
      await sleep(reaction.delaySeconds * 1000, undefined, { signal: asked.gone, ref: false });
    return answerOf(reaction);
  } catch (error) {
    return failure({ error, gone: asked.gone });
  } finally {
    limits.underWay -= 1;
  }
}

async function react({ token, request, gone: _, ...rest }: AskedInspector): Promise<Reaction | null> {
  if (!(await isKnown(token))) return null;
  const body = await readBytes({ request, maxBytes: MAX_BODY_BYTES });
  return storeInspectedRequest({ token, ...rest, body });
}

/** Strangers, who guess, have a limit of their own: they cannot use up that of the address. */
function waitSeconds(token: string): number {
  const limit = limits.known.token === token ? limits.requests : limits.strangers;
  const wait = limit.waitSeconds("all");
  if (wait === 0) limit.count("all");
  return wait;
}

/** Asked of the database once in five seconds; the address may have been changed by another process. */
async function isKnown(token: string): Promise<boolean> {
  if (limits.known.token === token && limits.known.until > Date.now()) return true;
  const isRight = await isInspectorToken(token);
  if (isRight) limits.known = { token, until: Date.now() + KNOWN_FOR_MS };
  return isRight;
}

function answerOf({ status, headers, body }: Reaction): Response | null {
  if (status === null) return null;
  return new Response(body, { status, headers: { ...headers, "content-type": typeOf(body) } });
}

/** Never HTML, whatever a manager has it answer. */
function typeOf(body: string): string {
  return parsedJson(body) === undefined ? "text/plain; charset=utf-8" : "application/json";
}

function failure({ error, gone }: { error: unknown; gone: AbortSignal }): Response | null {
  if (gone.aborted) return null;
  if (error instanceof AppError && error.code === "too_large")
    return refusal({ status: 413, error: error.message });
  logger.error({ err: error }, "the inspector failed");
  return refusal({ status: 503, error: "The inspector could not keep the request.", wait: 1 });
}

function refusal({ status, error, wait }: { status: number; error: string; wait?: number }): Response {
  return Response.json({ error, status }, { status, headers: wait ? { "retry-after": String(wait) } : {} });
}
