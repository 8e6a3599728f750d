import { z } from "zod";
import { limit, queryOneOf, queryText, queryTime } from "@/lib/http/query";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";

/** The filters of what came in, as the query of a URL gives them (contract 3). */
export const OrderEventFilters = z.strictObject({
  order_external_id: queryText().optional(),
  name: queryOneOf(ORDER_EVENT_NAMES).optional(),
  state: queryOneOf(["accepted", "rejected"]).optional(),
  since: queryTime().optional().meta({ description: "Events received at this time or later." }),
  until: queryTime().optional().meta({ description: "Events received at this time or earlier." }),
  limit: limit(),
  cursor: queryText().optional().meta({ description: "From the Link header of the page before." }),
});
export type OrderEventFilters = z.output<typeof OrderEventFilters>;
