import { ORDER_COLUMNS } from "@/lib/orders/columns";

export type Placeholder = {
  /** What stands between `{{` and `}}`. */
  name: string;
  /** Message key of the description, below the panel's `placeholders`; a short name shares its full one's. */
  descriptionKey: string;
};

const EVENT_PLACEHOLDERS = ["event.id", "event.name", "event.previous_status", "delivery.id"] as const;

/** iiko-base's own names, which its templates already use. */
const SHORT_NAMES: Record<string, string> = {
  order_id: "order.id",
  external_order_id: "order.external_order_id",
  iiko_order_id: "order.iiko_order_id",
  status: "order.status",
  previous_status: "event.previous_status",
  customer_name: "order.customer_name",
  customer_phone: "order.customer_phone",
  total_amount: "order.total_amount",
  event_type: "event.name",
  courier_name: "order.courier_name",
  order_type: "order.order_type",
};

/** Every name a template may use. */
export const PLACEHOLDERS: Placeholder[] = [
  ...ORDER_COLUMNS.map((column) => `order.${column}`).map(describedByItself),
  ...EVENT_PLACEHOLDERS.map(describedByItself),
  ...Object.entries(SHORT_NAMES).map(([name, descriptionKey]) => ({ name, descriptionKey })),
];

function describedByItself(name: string): Placeholder {
  return { name, descriptionKey: name };
}
