import { type OrderEventDetailRow, selectOrderEvent } from "@/db/queries/order-events";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";

/** An order event as it is stored. Throws not_found, also for an id that Postgres could not even look for. */
export async function existingOrderEvent(id: string): Promise<OrderEventDetailRow> {
  const event = id.includes("\0") ? null : await selectOrderEvent(id);
  if (!event) throw new AppError("not_found", refuse("no_order_event", { id: id.slice(0, 200) }));
  return event;
}
