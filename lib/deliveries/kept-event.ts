import { findOrderEvents, type StoredOrderEvent } from "@/db/queries/matching";
import { AppError } from "@/lib/errors";
import { type OrderEvent, readStoredOrderEvent } from "@/lib/orders/prepare-order-event";
import { refuse } from "@/lib/refusals/refuse";

/** An accepted order event to be sent once more. Throws conflict when it is not kept, or was not accepted. */
export async function keptEvent(
  id: string,
): Promise<OrderEvent & Pick<StoredOrderEvent, "matched_revision">> {
  const [stored] = await findOrderEvents([id]);
  const event = stored && readStoredOrderEvent(stored);
  if (!event) throw new AppError("conflict", refuse("event_not_kept", { id }));
  return { ...event, matched_revision: stored.matched_revision };
}
