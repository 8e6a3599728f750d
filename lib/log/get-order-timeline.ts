import { selectDeliveriesOf } from "@/db/queries/delivery-history";
import type { OrderEventDetailRow } from "@/db/queries/order-events";
import { selectEventsOfOrder } from "@/db/queries/order-timeline";
import type { StoredRefusal } from "@/db/stored-refusal";
import { type Actor, hasRole, requireRole } from "@/lib/auth/actor";
import { groupBy } from "@/lib/group-by";
import { existingOrderEvent } from "@/lib/log/existing-order-event";
import { withAttempts } from "@/lib/log/get-delivery-history";
import type { Order } from "@/lib/orders/order";
import { type OrderChange, orderChanges } from "@/lib/orders/order-changes";
import { readStoredOrderEvent } from "@/lib/orders/prepare-order-event";
import { iikoTextOf } from "./get-raw-event";
import { decideTimeline, type TimelineDecision } from "./timeline-decisions";

export type TimelineEvent = {
  id: string;
  name: string;
  state: "accepted" | "rejected";
  /** Why it was rejected; empty for one that was not. */
  refusals: StoredRefusal[];
  received_at: string;
  status: string | null;
  previous_status: string | null;
  /** Against the event before; what was and is there is for operators up, as bodies are. */
  changes: OrderChange[];
  is_matched: boolean;
  /** It was made of a message of iiko's own. */
  is_from_iiko: boolean;
  decisions: TimelineDecision[];
};

/** The order as its newest accepted event has it; people and money are for operators up. */
export type OrderSummary = {
  order_id: number | null;
  order_external_id: string | null;
  readable_number: string | null;
  status: string | null;
  organization_id: string | null;
  restaurant_name: string | null;
  order_type: string | null;
  customer_name?: string | null;
  customer_phone?: string | null;
  delivery_address?: string | null;
  total_amount?: number | null;
};

/** `isCut` says that the order has older events than those given. */
export type OrderTimeline = { order: OrderSummary; events: TimelineEvent[]; isCut: boolean };

const MAX_EVENTS = 100;

type ReadEvent = { row: OrderEventDetailRow; order: Order | null; previousStatus: string | null };

/**
 * All that happened to the order of an event, oldest first: each event with what it changed, and for each
 * webhook what was sent or why not. An event that names no order stands alone. Throws not_found.
 */
export async function getOrderTimeline({
  actor,
  eventId,
}: {
  actor: Actor;
  eventId: string;
}): Promise<OrderTimeline> {
  requireRole(actor, "viewer");
  const { rows, isCut } = await eventsOfSameOrder(await existingOrderEvent(eventId));
  const events = rows.map(readEvent);
  const deliveries = await withAttempts(
    actor,
    await selectDeliveriesOf({ eventIds: events.map(({ row }) => row.id) }),
  );
  const decisions = await decideTimeline({
    events: events.map(({ row }) => row),
    deliveries: groupBy(deliveries, (delivery) => delivery.event_id),
  });
  const isPrivileged = hasRole(actor, "operator");
  return {
    order: summarise({ events, isPrivileged }),
    events: events.map((event, index) =>
      toTimelineEvent({
        event,
        before: events.slice(0, index).findLast(({ order }) => order !== null) ?? null,
        decisions: decisions.get(event.row.id) ?? [],
        isPrivileged,
      }),
    ),
    isCut,
  };
}

type OrderRows = { rows: OrderEventDetailRow[]; isCut: boolean };

/** Oldest first. */
async function eventsOfSameOrder(asked: OrderEventDetailRow): Promise<OrderRows> {
  const { order_id: orderId, order_external_id: externalId } = asked;
  if (orderId === null && externalId === null) return { rows: [asked], isCut: false };
  const events = await selectEventsOfOrder({ orderId, externalId, limit: MAX_EVENTS + 1 });
  const newest = events.slice(0, MAX_EVENTS);
  // One far back in a long history is still shown.
  const isShown = newest.some(({ id }) => id === asked.id);
  const shown = isShown ? newest : [...newest.slice(0, MAX_EVENTS - 1), asked];
  return { rows: shown.reverse(), isCut: events.length > MAX_EVENTS };
}

function readEvent(row: OrderEventDetailRow): ReadEvent {
  const read = row.state === "accepted" ? readStoredOrderEvent(row) : null;
  return { row, order: read?.order ?? null, previousStatus: read?.previousStatus ?? null };
}

function toTimelineEvent({
  event,
  before,
  decisions,
  isPrivileged,
}: {
  event: ReadEvent;
  before: ReadEvent | null;
  decisions: TimelineDecision[];
  isPrivileged: boolean;
}): TimelineEvent {
  const { row, order } = event;
  const changes = before?.order && order ? orderChanges({ before: before.order, after: order }) : [];
  const previous = event.previousStatus ?? before?.order?.status ?? null;
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    refusals: row.refusals ?? [],
    received_at: row.received_at,
    status: row.order_status,
    previous_status: previous === row.order_status ? null : previous,
    changes: isPrivileged ? changes : changes.map(({ field }) => ({ field, from: null, to: null })),
    is_matched: row.matched_revision !== null,
    is_from_iiko: iikoTextOf(row.data) !== null,
    decisions,
  };
}

function summarise({ events, isPrivileged }: { events: ReadEvent[]; isPrivileged: boolean }): OrderSummary {
  const order = events.findLast((event) => event.order !== null)?.order ?? null;
  const row = events.at(-1)?.row;
  return {
    order_id: row?.order_id ?? null,
    order_external_id: row?.order_external_id ?? null,
    readable_number: order?.readable_number ?? row?.readable_number ?? null,
    status: order?.status ?? row?.order_status ?? null,
    organization_id: order?.organization_id ?? null,
    restaurant_name: order?.restaurant_name ?? null,
    order_type: order?.order_type ?? null,
    ...(isPrivileged && order
      ? {
          customer_name: order.customer_name ?? null,
          customer_phone: order.customer_phone ?? null,
          delivery_address: order.delivery_address ?? null,
          total_amount: order.total_amount ?? null,
        }
      : {}),
  };
}
