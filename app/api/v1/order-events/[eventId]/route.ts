import { jsonAnswer } from "@/lib/http/answers";
import { apiMethods, apiRoute } from "@/lib/http/route";
import { getOrderEvent } from "@/lib/log/get-order-event";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ role: "viewer" }, async ({ actor, params }) =>
    jsonAnswer(await getOrderEvent({ actor, id: params.eventId ?? "" })),
  ),
});
