import { sendIikoMessages } from "@/inngest/send";
import { isSameSecret } from "@/lib/crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { answerRefusal } from "@/lib/http/intake-refusal";
import { parseJson, readJsonBytes } from "@/lib/http/read-json";
import type { HttpRequest, RouteHandler } from "@/lib/http/route";
import { splitJsonList } from "@/lib/http/split-json-list";
import { MAX_EVENTS_BODY } from "@/lib/orders/event-list";
import { refuse } from "@/lib/refusals/refuse";
import { secrets } from "@/lib/secrets";

const MAX_MESSAGES = 5000;
const BYTE_ORDER_MARK = Buffer.from("\uFEFF");

/** iiko's own webhooks: iiko Cloud's array, SOI's object. Answers 200 after what came is stored, whatever it is. */
export const POST: RouteHandler = async (request, { params }) => {
  try {
    const eventKey = (await params)?.eventKey;
    if (typeof eventKey !== "string" || !isSameSecret(eventKey, secrets().EVENT_KEY))
      throw new AppError("unauthorized", refuse("event_key_unknown"));
    requireAuthToken(request);
    const bytes = await readJsonBytes(request, { ...MAX_EVENTS_BODY, isAnyType: true });
    const value = parseJson(bytes);
    if (Array.isArray(value) && value.length > MAX_MESSAGES) {
      const count = { count: value.length, max: MAX_MESSAGES };
      throw new AppError("too_large", refuse("iiko_messages_at_once", count));
    }
    const taken = await sendIikoMessages(messagesIn(bytes));
    const ids = taken.flatMap(({ eventId }) => eventId ?? []);
    return Response.json({ ids, outcomes: taken.map(({ outcome }) => outcome), status: 200 });
  } catch (error) {
    return answerRefusal(error);
  }
};

/** Each message as its own bytes. */
function messagesIn(bytes: Buffer): string[] {
  const json = bytes.indexOf(BYTE_ORDER_MARK) === 0 ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
  return (splitJsonList(json) ?? [json]).map((message) => new TextDecoder().decode(message).trim());
}

/** iiko hands its `authToken` back as it is; some senders write Bearer before it. */
function requireAuthToken({ headers }: HttpRequest): void {
  const expected = env().IIKO_AUTH_TOKEN;
  if (expected === undefined) return;
  const given = [headers.get("authorization"), headers.get("authtoken")].flatMap((value) => value ?? []);
  const isGiven = given.some((value) => isSameSecret(value.trim().replace(/^Bearer\s+/i, ""), expected));
  if (isGiven) return;
  throw new AppError("unauthorized", refuse("iiko_auth_token"));
}
