import { sendOrderEvents } from "@/inngest/send";
import { isSameSecret } from "@/lib/crypto";
import { AppError } from "@/lib/errors";
import { answerRefusal } from "@/lib/http/intake-refusal";
import { withOrderEvents } from "@/lib/http/read-order-events";
import type { RouteHandler } from "@/lib/http/route";
import { refuse } from "@/lib/refusals/refuse";
import { secrets } from "@/lib/secrets";

/** Inngest's event API (contract 1): `{ ids, status: 200 }`, or `{ error, status }`. */
export const POST: RouteHandler = async (request, { params }) => {
  try {
    const eventKey = (await params)?.eventKey;
    if (typeof eventKey !== "string" || !isSameSecret(eventKey, secrets().EVENT_KEY))
      throw new AppError("unauthorized", refuse("event_key_unknown"));
    const { ids } = await withOrderEvents({ request, isAnyType: true }, sendOrderEvents);
    return Response.json({ ids, status: 200 });
  } catch (error) {
    return answerRefusal(error);
  }
};
