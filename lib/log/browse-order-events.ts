import { type DeliveryHistoryRow, selectDeliveriesOf } from "@/db/queries/delivery-history";
import { type OrderEventListRow, selectOrderEvents, selectRejectedData } from "@/db/queries/order-events";
import { searchOrderEvents } from "@/db/queries/order-search";
import { type Actor, hasRole, requireRole } from "@/lib/auth/actor";
import { groupBy } from "@/lib/group-by";
import { storedRejection } from "@/lib/orders/stored-rejection";
import type { Refusal } from "@/lib/refusals/refuse";
import { parseOrderSearch } from "./order-search";

export type BrowsedEvent = OrderEventListRow & {
  deliveries: DeliveryHistoryRow[];
  /** Why it was rejected; empty for one that was not. */
  rejection: Refusal[];
};
export type BrowsedEvents = { events: BrowsedEvent[]; nextBefore: number | null };

type Input = {
  actor: Actor;
  /** As typed: see `parseOrderSearch`. Empty finds all. */
  search: string;
  state?: "accepted" | "rejected" | undefined;
  beforeSeq?: number | undefined;
  limit: number;
};

// A page of them is in memory at once; what is larger shows its reason in English.
const MAX_BYTES = 64 * 1024;

/** Order events that came in, newest first, found by their order, each with its deliveries. */
export async function browseOrderEvents(input: Input): Promise<BrowsedEvents> {
  requireRole(input.actor, "viewer");
  const found = await select({ ...input, limit: input.limit + 1 });
  const shown = found.slice(0, input.limit);
  const deliveries =
    shown.length === 0 ? [] : await selectDeliveriesOf({ eventIds: shown.map(({ id }) => id) });
  const byEvent = groupBy(deliveries, (delivery) => delivery.event_id);
  const rejections = await rejectionsOf(shown);
  const last = shown.at(-1);
  return {
    events: shown.map((event) => ({
      ...event,
      deliveries: byEvent.get(event.id) ?? [],
      rejection: rejections.get(event.id) ?? [],
    })),
    nextBefore: found.length > input.limit && last ? last.seq : null,
  };
}

function select({ actor, search, state, beforeSeq, limit }: Input): Promise<OrderEventListRow[]> {
  const wanted = parseOrderSearch(search.replaceAll("\0", ""));
  if (wanted) {
    // People are for operators up.
    const name = hasRole(actor, "operator") ? wanted.name : null;
    return searchOrderEvents({ search: { ...wanted, name }, state, beforeSeq, limit });
  }
  return selectOrderEvents({ filter: { state }, beforeSeq, limit });
}

async function rejectionsOf(events: OrderEventListRow[]): Promise<Map<string, Refusal[]>> {
  const reasons = new Map(events.flatMap(({ id, reason }) => (reason === null ? [] : [[id, reason]])));
  if (reasons.size === 0) return new Map();
  const stored = await selectRejectedData({ ids: [...reasons.keys()], maxBytes: MAX_BYTES });
  const dataById = new Map(stored.map(({ id, data }) => [id, data]));
  return new Map(
    [...reasons].map(([id, reason]) => [id, storedRejection({ reason, data: dataById.get(id) })]),
  );
}
