import { pageAnswer } from "@/lib/http/answers";
import { parseQuery } from "@/lib/http/query";
import { apiMethods, apiRoute } from "@/lib/http/route";
import { listOrderEvents } from "@/lib/log/list-order-events";
import { OrderEventFilters } from "@/lib/log/order-event-filters";
import { toOrderEventView } from "@/lib/log/order-event-view";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ role: "viewer" }, async ({ actor, query, request }) => {
    const filters = parseQuery({ schema: OrderEventFilters, searchParams: query });
    const page = await listOrderEvents({ actor, filters });
    return pageAnswer({ request, items: page.events.map(toOrderEventView), nextCursor: page.nextCursor });
  }),
});
