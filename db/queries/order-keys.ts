import { type SQL, sql } from "drizzle-orm";

/** Orders by their external ids, and by iiko-base's ids. */
export type OrderKeys = { externalIds: string[]; ids: number[] };

/** The ids of the rows of a table that has both columns, each found by its index. */
export function rowsOfOrders({
  table,
  orders,
}: {
  table: "outgoing_webhook_logs" | "order_events";
  orders: OrderKeys;
}): SQL {
  const from = sql.raw(table);
  return sql`
    select id from ${from} where order_external_id = any(${sql.param(orders.externalIds)}::text[])
    union
    select id from ${from} where order_id = any(${sql.param(orders.ids)}::bigint[])`;
}
