import { sendIikoMessages } from "@/inngest/send";
import { isSameSecret } from "@/lib/crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { answerRefusal } from "@/lib/http/intake-refusal";
import { readJsonWithText } from "@/lib/http/read-json";
import type { HttpRequest, RouteHandler } from "@/lib/http/route";
import { MAX_EVENTS_BODY } from "@/lib/orders/event-list";
import { splitMessages } from "@/lib/orders/iiko/split-messages";
import { secrets } from "@/lib/secrets";

const MAX_MESSAGES = 5000;

/** iiko's own webhooks: iiko Cloud's array, SOI's object. Answers 200 after what came is stored, whatever it is. */
export const POST: RouteHandler = async (request, { params }) => {
  try {
    const eventKey = (await params)?.eventKey;
    if (typeof eventKey !== "string" || !isSameSecret(eventKey, secrets().EVENT_KEY))
      throw new AppError("unauthorized", "Event key not found");
    requireAuthToken(request);
    const { value, text } = await readJsonWithText(request, { ...MAX_EVENTS_BODY, isAnyType: true });
    if (Array.isArray(value) && value.length > MAX_MESSAGES) {
      const message = `The body holds ${value.length} messages; at most ${MAX_MESSAGES} are taken at once.`;
      throw new AppError("too_large", message);
    }
    const taken = await sendIikoMessages(splitMessages(text));
    const ids = taken.flatMap(({ eventId }) => eventId ?? []);
    return Response.json({ ids, outcomes: taken.map(({ outcome }) => outcome), status: 200 });
  } catch (error) {
    return answerRefusal(error);
  }
};

/** iiko hands its `authToken` back as it is; some senders write Bearer before it. */
function requireAuthToken({ headers }: HttpRequest): void {
  const expected = env().IIKO_AUTH_TOKEN;
  if (expected === undefined) return;
  const given = [headers.get("authorization"), headers.get("authtoken")].flatMap((value) => value ?? []);
  const isGiven = given.some((value) => isSameSecret(value.trim().replace(/^Bearer\s+/i, ""), expected));
  if (isGiven) return;
  throw new AppError(
    "unauthorized",
    "Authorization must be the value of IIKO_AUTH_TOKEN: enter it in iiko as authToken of the webhook.",
  );
}
