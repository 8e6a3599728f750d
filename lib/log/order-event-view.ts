import type { OrderEventListRow } from "@/db/queries/order-events";
import { refusalsText } from "@/lib/refusals/refusal-text";

export type OrderEventView = Omit<OrderEventListRow, "seq" | "refusals"> & { reason: string | null };

/** An order event as lists of the API show it (contract 3). */
export function toOrderEventView(row: OrderEventListRow): OrderEventView {
  return {
    id: row.id,
    name: row.name,
    ts: row.ts,
    state: row.state,
    reason: row.refusals && refusalsText(row.refusals),
    order_id: row.order_id,
    order_external_id: row.order_external_id,
    readable_number: row.readable_number,
    order_status: row.order_status,
    received_at: row.received_at,
  };
}
