import { sendOrderEvents } from "@/inngest/send";
import { answerPostOnly, intakeRoute } from "@/lib/http/intake-route";
import { withOrderEvents } from "@/lib/http/read-order-events";

export const GET = answerPostOnly;

/** Inngest's event API (contract 1): `{ ids, status: 200 }`, or `{ error, status }`. */
export const POST = intakeRoute(async (request) => {
  const { ids } = await withOrderEvents({ request, isAnyType: true }, sendOrderEvents);
  return { ids };
});
