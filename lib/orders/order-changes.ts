import { ORDER_COLUMNS, type OrderColumn } from "./columns";
import type { Order } from "./order";

export type OrderChange = { field: OrderColumn; from: unknown; to: unknown };

// The status has a place of its own, and the time of the change says nothing about it.
const NOT_COMPARED = new Set<OrderColumn>(["id", "external_order_id", "status", "updated_at"]);

/** What differs between two states of an order, column by column; the status aside. */
export function orderChanges({ before, after }: { before: Order; after: Order }): OrderChange[] {
  return ORDER_COLUMNS.filter((field) => !NOT_COMPARED.has(field)).flatMap((field) => {
    const from = before[field] ?? null;
    const to = after[field] ?? null;
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ field, from, to }];
  });
}
