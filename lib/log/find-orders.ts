import type { OrderKeys } from "@/db/queries/order-keys";
import { searchOrderEvents } from "@/db/queries/order-search";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { orderSearchFor } from "./order-search";

const MAX_EVENTS = 300;

/** `isCut` says that more orders were found: these are the ones with the newest events. */
export type FoundOrders = OrderKeys & { isCut: boolean };

/** The orders that the panel's search of orders finds, by what their attempts are known by. */
export async function findOrders({ actor, typed }: { actor: Actor; typed: string }): Promise<FoundOrders> {
  requireRole(actor, "viewer");
  const search = orderSearchFor({ actor, typed });
  if (!search) return { externalIds: [], ids: [], isCut: false };
  const events = await searchOrderEvents({ search, limit: MAX_EVENTS + 1 });
  const nameless = events.filter(({ order_external_id: externalId }) => externalId === null);
  return {
    // What was typed may be an order whose events are gone already.
    externalIds: unique([search.text, ...events.map(({ order_external_id: externalId }) => externalId)]),
    ids: unique([search.orderId, ...nameless.map(({ order_id: orderId }) => orderId)]),
    isCut: events.length > MAX_EVENTS,
  };
}

function unique<Value>(values: (Value | null)[]): Value[] {
  return [...new Set(values)].filter((value) => value !== null);
}
