import type { KnownOrderKey, KnownOrderRow } from "@/db/queries/iiko-messages";
import type { KnownOrder } from "@/lib/orders/iiko/decide";
import type { IikoMessage } from "@/lib/orders/iiko/read-message";
import type { Order } from "@/lib/orders/order";
import { readStoredOrderEvent } from "@/lib/orders/prepare-order-event";

type Ids = Pick<IikoMessage, "externalId" | "iikoOrderId">;
type Decided = { ids: Ids; order: Order };

export type KnownOrders = {
  of: (ids: Ids) => KnownOrder;
  /** Notes what is known after a message, for the messages behind it. */
  note: (ids: Ids, known: KnownOrder) => void;
};

/** What to ask the database of, to know the orders of these messages. */
export function knownOrderKeys(messages: IikoMessage[]): KnownOrderKey[] {
  const keys = messages.flatMap((message) => {
    const { externalId, iikoOrderId } = message;
    if (message.order === null || externalId === null) return [];
    const orderId = iikoOrderId && `"iiko_order_id":${JSON.stringify(iikoOrderId)}`.toLowerCase();
    return [{ key: keyOf(message), external_id: externalId, iiko_order_id: iikoOrderId, order_id: orderId }];
  });
  return [...new Map(keys.map((key) => [key.key, key])).values()];
}

/**
 * What is known of orders: by the messages that were decided here, else by the database. Messages of one order need
 * not have the same ids: SOI's may lack iiko's, and a till's orders have no other in iiko Cloud.
 */
export function createKnownOrders(found: KnownOrderRow[]): KnownOrders {
  const rows = new Map(found.map((row) => [row.key, row]));
  const decided: Decided[] = [];
  const newestMs = new Map<string, number>();
  return {
    of: (ids) => {
      const row = rows.get(keyOf(ids));
      const order = decided.findLast((one) => isSameOrder(one.ids, ids))?.order ?? orderOf(row);
      return { order, changedMs: newestMs.get(ids.iikoOrderId ?? "") ?? row?.changed_ms ?? null };
    },
    note: (ids, { order, changedMs }) => {
      if (ids.iikoOrderId !== null && changedMs !== null) newestMs.set(ids.iikoOrderId, changedMs);
      if (order !== null) decided.push({ ids: idsOf(order), order });
    },
  };
}

/** As `selectKnownOrders` finds them. */
function isSameOrder(one: Ids, other: Ids): boolean {
  if (one.iikoOrderId !== null && other.iikoOrderId !== null) return one.iikoOrderId === other.iikoOrderId;
  return one.externalId === other.externalId;
}

function idsOf({ external_order_id, iiko_order_id }: Order): Ids {
  return { externalId: external_order_id ?? null, iikoOrderId: iiko_order_id?.toLowerCase() ?? null };
}

function keyOf({ iikoOrderId, externalId }: Ids): string {
  return JSON.stringify([externalId, iikoOrderId]);
}

function orderOf(row: KnownOrderRow | undefined): Order | null {
  if (!row || row.id === null || row.name === null || row.data === null) return null;
  return readStoredOrderEvent({ id: row.id, name: row.name, data: row.data })?.order ?? null;
}
