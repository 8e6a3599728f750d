import { sendIikoMessages } from "@/inngest/send";
import { isSameSecret } from "@/lib/crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { answerRefusal } from "@/lib/http/intake-refusal";
import { withIikoMessages } from "@/lib/http/read-iiko-messages";
import type { HttpRequest, RouteHandler } from "@/lib/http/route";
import { refuse } from "@/lib/refusals/refuse";
import { secrets } from "@/lib/secrets";

/** iiko's own webhooks: iiko Cloud's array, SOI's object. Answers 200 after what came is stored, whatever it is. */
export const POST: RouteHandler = async (request, { params }) => {
  try {
    const eventKey = (await params)?.eventKey;
    if (typeof eventKey !== "string" || !isSameSecret(eventKey, secrets().EVENT_KEY))
      throw new AppError("unauthorized", refuse("event_key_unknown"));
    requireAuthToken(request);
    const taken = await withIikoMessages(request, sendIikoMessages);
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
  throw new AppError("unauthorized", refuse("iiko_auth_token"));
}
