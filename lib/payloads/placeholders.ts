import { ORDER_COLUMNS, type OrderColumn } from "@/lib/orders/columns";
import { toUtcTime } from "@/lib/orders/time";
import type { PayloadInput } from "./payload-input";

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

/** The value of every placeholder: money in kopecks and times in UTC, as in the flat custom format. */
export function placeholderValues({ event, deliveryId }: PayloadInput): Map<string, unknown> {
  const values = new Map<string, unknown>([
    ...ORDER_COLUMNS.map((column): [string, unknown] => [`order.${column}`, columnValue({ event, column })]),
    ["event.id", event.id ?? null],
    ["event.name", event.name],
    ["event.previous_status", event.previousStatus],
    ["delivery.id", deliveryId],
  ]);
  for (const [shortName, name] of Object.entries(SHORT_NAMES)) values.set(shortName, values.get(name));
  return values;
}

function columnValue({ event: { order }, column }: { event: PayloadInput["event"]; column: OrderColumn }) {
  switch (column) {
    case "creation_status":
      return order.creation_status ?? "OK";
    case "created_at":
    case "updated_at":
    case "promised_time":
      return toUtcTime(order[column]);
    default:
      return order[column] ?? null;
  }
}

function describedByItself(name: string): Placeholder {
  return { name, descriptionKey: name };
}
