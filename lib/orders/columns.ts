/** iiko-base's columns of an order, in the order contract 1 lists them. */
export const ORDER_COLUMNS = [
  "id",
  "external_order_id",
  "iiko_order_id",
  "readable_number",
  "iiko_order_number",
  "organization_id",
  "restaurant_name",
  "status",
  "order_type",
  "creation_status",
  "error_info",
  "problem",
  "customer_name",
  "customer_phone",
  "delivery_address",
  "courier_id",
  "courier_name",
  "total_amount",
  "created_at",
  "updated_at",
  "promised_time",
  "items",
] as const;

export type OrderColumn = (typeof ORDER_COLUMNS)[number];
