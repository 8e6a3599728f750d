import { sendOrderEvents } from "@/inngest/send";
import { withOrderEvents } from "@/lib/http/read-order-events";
import { getOrderEvent } from "@/lib/log/get-order-event";
import { listOrderEvents } from "@/lib/log/list-order-events";
import { OrderEventFilters } from "@/lib/log/order-event-filters";
import { toOrderEventView } from "@/lib/log/order-event-view";
import { EXAMPLES } from "@/lib/openapi/examples";
import { type Operation, operation, pageOperation } from "@/lib/openapi/operation";

export const ORDER_EVENT_OPERATIONS: Operation[] = [
  operation({
    id: "sendOrderEvents",
    tag: "Order events",
    method: "POST",
    path: "/events",
    summary: "Send order events",
    description:
      "One event or an array of up to 5000, each up to 3 MiB, 64 MiB in all. They are kept when the answer comes. " +
      "An id deduplicates. An event that does not fit is kept too, and named in rejected.",
    role: "operator",
    body: {
      schema: "OrderEvents",
      example: EXAMPLES.orderEvent,
    },
    answer: {
      status: 200,
      description: "They are kept",
      schema: "AcceptedEvents",
      example: EXAMPLES.acceptedEvents,
    },
    problems: ["unavailable"],
    handle: async ({ request }) => {
      const { ids, rejected } = await withOrderEvents({ request }, sendOrderEvents);
      return { ids, status: 200, ...(rejected.length > 0 ? { rejected } : {}) };
    },
  }),
  pageOperation({
    id: "listOrderEvents",
    tag: "Order events",
    method: "GET",
    path: "/order-events",
    summary: "List what came in",
    role: "viewer",
    query: OrderEventFilters,
    answer: { schema: "OrderEventSummary", example: [EXAMPLES.orderEventSummary] },
    handle: async ({ actor, query }) => {
      const page = await listOrderEvents({ actor, filters: query });
      return { ...page, items: page.items.map(toOrderEventView) };
    },
  }),
  operation({
    id: "getOrderEvent",
    tag: "Order events",
    method: "GET",
    path: "/order-events/{event_id}",
    summary: "Get an order event",
    description: "With the decision for each webhook: sent, with its deliveries, or not and why.",
    role: "viewer",
    answer: {
      status: 200,
      description: "The event",
      schema: "OrderEventDetail",
      example: EXAMPLES.orderEventDetail,
    },
    handle: ({ actor, params }) => getOrderEvent({ actor, id: params.event_id }),
  }),
];
