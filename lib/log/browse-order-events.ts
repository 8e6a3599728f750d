import { type DeliveryHistoryRow, selectDeliveriesOf } from "@/db/queries/delivery-history";
import { type OrderEventListRow, selectOrderEvents } from "@/db/queries/order-events";
import { searchOrderEvents } from "@/db/queries/order-search";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { groupBy } from "@/lib/group-by";
import { orderSearchFor } from "./order-search";

export type BrowsedEvent = OrderEventListRow & { deliveries: DeliveryHistoryRow[] };
export type BrowsedEvents = { events: BrowsedEvent[]; nextBefore: number | null };

type Input = {
  actor: Actor;
  /** As typed: see `parseOrderSearch`. Empty finds all. */
  search: string;
  state?: "accepted" | "rejected" | undefined;
  beforeSeq?: number | undefined;
  limit: number;
};

/** Order events that came in, newest first, found by their order, each with its deliveries. */
export async function browseOrderEvents(input: Input): Promise<BrowsedEvents> {
  requireRole(input.actor, "viewer");
  const found = await select({ ...input, limit: input.limit + 1 });
  const shown = found.slice(0, input.limit);
  const deliveries =
    shown.length === 0 ? [] : await selectDeliveriesOf({ eventIds: shown.map(({ id }) => id) });
  const byEvent = groupBy(deliveries, (delivery) => delivery.event_id);
  const last = shown.at(-1);
  return {
    events: shown.map((event) => ({
      ...event,
      deliveries: byEvent.get(event.id) ?? [],
    })),
    nextBefore: found.length > input.limit && last ? last.seq : null,
  };
}

function select({ actor, search, state, beforeSeq, limit }: Input): Promise<OrderEventListRow[]> {
  const wanted = orderSearchFor({ actor, typed: search });
  if (wanted) return searchOrderEvents({ search: wanted, state, beforeSeq, limit });
  return selectOrderEvents({ filter: { state }, beforeSeq, limit });
}
