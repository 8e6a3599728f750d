import { sendOrderEvents } from "@/inngest/send";
import { jsonAnswer } from "@/lib/http/answers";
import { readJson } from "@/lib/http/read-json";
import { apiMethods, apiRoute } from "@/lib/http/route";
import { MAX_EVENTS_BODY, toEventList } from "@/lib/orders/event-list";
import { withSeededIds } from "@/lib/orders/seeded-id";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute({ role: "operator" }, async ({ request }) => {
    const events = toEventList(await readJson(request, MAX_EVENTS_BODY));
    const seed = request.headers.get("x-inngest-event-id-seed");
    const { ids, rejected } = await sendOrderEvents(withSeededIds({ events, seed }));
    return jsonAnswer({ ids, status: 200, ...(rejected.length > 0 ? { rejected } : {}) });
  }),
});
