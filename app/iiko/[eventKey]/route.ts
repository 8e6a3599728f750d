import { sendIikoMessages } from "@/inngest/send";
import { isSameSecret } from "@/lib/crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { answerPostOnly, intakeRoute } from "@/lib/http/intake-route";
import { withIikoMessages } from "@/lib/http/read-iiko-messages";
import type { HttpRequest } from "@/lib/http/route";
import { refuse } from "@/lib/refusals/refuse";

export const GET = answerPostOnly;

/** iiko's own webhooks: iiko Cloud's array, SOI's object. Answers 200 after what came is stored, whatever it is. */
export const POST = intakeRoute(async (request) => {
  requireAuthToken(request);
  const taken = await withIikoMessages(request, sendIikoMessages);
  return {
    ids: taken.flatMap(({ eventId }) => eventId ?? []),
    outcomes: taken.map(({ outcome }) => outcome),
  };
});

/** iiko hands its `authToken` back as it is; some senders write Bearer before it. */
function requireAuthToken({ headers }: HttpRequest): void {
  const expected = env().IIKO_AUTH_TOKEN;
  if (expected === undefined) return;
  const given = [headers.get("authorization"), headers.get("authtoken")].flatMap((value) => value ?? []);
  const isGiven = given.some((value) => isSameSecret(value.trim().replace(/^Bearer\s+/i, ""), expected));
  if (isGiven) return;
  throw new AppError("unauthorized", refuse("iiko_auth_token"));
}
