import { toUtcTime } from "@/lib/orders/time";
import type { PayloadEvent, PayloadInput } from "./payload-input";

/** The keys of `order` in the guide's «Пользовательский» payload, which `include_fields` may narrow or add to. */
export const CUSTOM_FIELDS = [
  "id",
  "external_id",
  "iiko_order_id",
  "status",
  "previous_status",
  "customer_name",
  "customer_phone",
  "total_amount",
  "courier_name",
  "order_type",
  "restaurant_name",
  "created_at",
  "promised_time",
] as const;

/** What `include_fields` may name: these three are in the flat form only when they are asked for. */
export const INCLUDABLE_FIELDS = [...CUSTOM_FIELDS, "delivery_address", "courier_id", "updated_at"] as const;

export type CustomField = (typeof INCLUDABLE_FIELDS)[number];

/** The guide's flat «Пользовательский» payload: money in kopecks, times in UTC. */
export function customPayload({ event, includeFields }: Pick<PayloadInput, "event" | "includeFields">) {
  const values = customValues(event);
  const isNarrowed = includeFields !== null && includeFields !== undefined && includeFields.length > 0;
  const fields = isNarrowed
    ? INCLUDABLE_FIELDS.filter((field) => includeFields.includes(field))
    : CUSTOM_FIELDS;
  return { event: event.name, order: Object.fromEntries(fields.map((field) => [field, values[field]])) };
}

function customValues({ order, previousStatus }: PayloadEvent): Record<CustomField, string | number | null> {
  return {
    id: order.id ?? null,
    external_id: order.external_order_id ?? null,
    iiko_order_id: order.iiko_order_id ?? null,
    status: order.status,
    previous_status: previousStatus,
    customer_name: order.customer_name ?? null,
    customer_phone: order.customer_phone ?? null,
    total_amount: order.total_amount ?? null,
    courier_name: order.courier_name ?? null,
    order_type: order.order_type ?? null,
    restaurant_name: order.restaurant_name ?? null,
    created_at: toUtcTime(order.created_at),
    promised_time: toUtcTime(order.promised_time),
    delivery_address: order.delivery_address ?? null,
    courier_id: order.courier_id ?? null,
    updated_at: toUtcTime(order.updated_at),
  };
}
