import type { Loose } from "@/lib/json-object";
import type { Order } from "@/lib/orders/order";
import { orderChanges } from "@/lib/orders/order-changes";
import type { OrderEventName } from "@/lib/orders/order-event";
import { type PreparedOrderEvent, prepareOrderEvent } from "@/lib/orders/prepare-order-event";
import { normaliseStatus } from "@/lib/orders/status";
import { refuse } from "@/lib/refusals/refuse";
import type { IikoMessage } from "./read-message";

/** What was known of an order before a message about it came; `changedMs` is the newest time that iiko told. */
export type KnownOrder = { order: Order | null; changedMs: number | null };

/**
 * What became of a message: `event` an order event, `older` one that is kept as rejected because something newer is
 * known, `unchanged` nothing new, `no_order` nothing about an order, or too little to tell of one.
 */
export type Outcome = "event" | "older" | "unchanged" | "no_order";

export type Decision = { outcome: Outcome; prepared: PreparedOrderEvent | null; known: KnownOrder };

const FINAL = new Set(["Delivered", "Closed", "Cancelled", "Deleted"]);
const CANCELLED = new Set(["Cancelled", "Deleted"]);

/**
 * The order event that a message of iiko's is, told apart by what is known of its order, and what is known then.
 * iiko has one kind of message for all: a new order is one that is not known, however far it has come.
 */
export function decideIikoMessage({ message, known }: { message: IikoMessage; known: KnownOrder }): Decision {
  const order = message.order && wholeOrder({ message, told: message.order, known });
  if (order === null || !order.status) return { outcome: "no_order", prepared: null, known };
  if (message.changedMs !== null && known.changedMs !== null && message.changedMs < known.changedMs) {
    return { outcome: "older", prepared: olderEvent({ message, order, knownMs: known.changedMs }), known };
  }
  const named = nameEvent({ order, before: known.order });
  const prepared = prepare({ message, order, ...named });
  const changedMs = message.changedMs ?? known.changedMs;
  // What does not fit the contract is kept and shown as rejected, and nothing is known by it.
  if (!prepared.event) return { outcome: "event", prepared, known };
  const after = prepared.event.order;
  const isNews =
    known.order === null || named.name !== "order.updated" || isOther({ before: known.order, after });
  if (!isNews) return { outcome: "unchanged", prepared: null, known: { order: known.order, changedMs } };
  return { outcome: "event", prepared, known: { order: after, changedMs } };
}

/** The id of the order event that a message becomes. */
export function iikoEventId(messageId: string): string {
  return `iiko-${messageId}`;
}

type Whole = { message: IikoMessage; told: Loose; known: KnownOrder };

function wholeOrder({ message, told, known }: Whole): Loose {
  if (!known.order) return told;
  const ids = { external_order_id: externalId({ message, known: known.order }) };
  if (message.isPartial) return { ...known.order, ...told, ...ids };
  // iiko empties what is cancelled.
  const isEmptied = CANCELLED.has(String(told.status)) && !told.total_amount && isEmpty(told.items);
  const kept = isEmptied ? { total_amount: known.order.total_amount, items: known.order.items } : {};
  return { ...told, ...kept, ...ids };
}

/** An order that has a number outside iiko keeps it where a message has iiko's alone. */
function externalId({ message, known }: { message: IikoMessage; known: Order }): string | null {
  const isIikosOwn = message.externalId === message.iikoOrderId;
  return (isIikosOwn ? known.external_order_id : null) ?? message.externalId;
}

function isEmpty(items: unknown): boolean {
  return !Array.isArray(items) || items.length === 0;
}

type Named = { name: OrderEventName; previousStatus: string | null };

function nameEvent({ order, before }: { order: Loose; before: Order | null }): Named {
  const status = normaliseStatus(String(order.status));
  const isCancelled = CANCELLED.has(status) || order.is_deleted === true;
  if (before === null) {
    if (isCancelled) return { name: "order.cancelled", previousStatus: null };
    // The first that is heard of an order which is over already.
    return { name: FINAL.has(status) ? "order.updated" : "order.created", previousStatus: null };
  }
  const wasCancelled = CANCELLED.has(before.status) || before.is_deleted === true;
  if (isCancelled && !wasCancelled) return { name: "order.cancelled", previousStatus: before.status };
  if (status === before.status) return { name: "order.updated", previousStatus: null };
  return { name: "order.status_changed", previousStatus: before.status };
}

function isOther({ before, after }: { before: Order; after: Order }): boolean {
  return orderChanges({ before, after }).length > 0;
}

function prepare({ message, order, name, previousStatus }: { message: IikoMessage; order: Loose } & Named) {
  return prepareOrderEvent({
    id: iikoEventId(message.id),
    name,
    ts: message.changedMs,
    data: {
      order,
      ...(previousStatus === null ? {} : { previous_status: previousStatus }),
      iiko_message: { source: message.source, text: message.text },
    },
  });
}

type Older = { message: IikoMessage; order: Loose; knownMs: number };

function olderEvent({ message, order, knownMs }: Older): PreparedOrderEvent {
  const { row } = prepare({ message, order, name: "order.updated", previousStatus: null });
  const refusals = [refuse("order_older", { at: isoTime(message.changedMs), known: isoTime(knownMs) })];
  return { row: { ...row, state: "rejected", refusals }, event: null };
}

function isoTime(ms: number | null): string {
  return ms === null ? "?" : new Date(ms).toISOString();
}
