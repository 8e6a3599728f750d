import { z } from "zod";
import type { OrderKeys } from "@/db/queries/order-keys";
import { limit, queryBoolean, queryId, queryOneOf, queryText, queryTime } from "@/lib/http/query";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";

export const ATTEMPT_EVENT_TYPES = [...ORDER_EVENT_NAMES, "test"] as const;

/** The filters of one webhook's log, as the query of a URL gives them. */
export const WebhookAttemptFilters = z.strictObject({
  success: queryBoolean().optional(),
  order_id: queryId({ max: Number.MAX_SAFE_INTEGER }).optional(),
  order_external_id: queryText().optional(),
  event_type: queryOneOf(ATTEMPT_EVENT_TYPES).optional(),
  since: queryTime().optional().meta({ description: "Attempts made at this time or later." }),
  until: queryTime().optional().meta({ description: "Attempts made at this time or earlier." }),
  limit: limit(),
  cursor: queryText().optional().meta({ description: "From the Link header of the page before." }),
});

/** The filters of the whole log (contract 3). */
export const AttemptFilters = z.strictObject({
  webhook_id: queryId().optional(),
  ...WebhookAttemptFilters.shape,
});
export type AttemptFilters = z.output<typeof AttemptFilters> & {
  /** The panel's search of orders, found already. */
  orders?: OrderKeys | undefined;
};
