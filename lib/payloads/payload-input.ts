import type { SentByIiko } from "@/lib/orders/iiko-message";
import type { Order } from "@/lib/orders/order";
import type { OrderEventName } from "@/lib/orders/order-event";

/** An order event as a payload needs it; `id` is the order event's own, null where the caller has none. */
export type PayloadEvent = {
  id?: string | null;
  name: OrderEventName;
  order: Order;
  previousStatus: string | null;
  /** What iiko itself sent, where the event was made of that. */
  iiko?: SentByIiko;
};

export type PayloadInput = {
  event: PayloadEvent;
  /** The delivery's id, a UUID: the same for every attempt. */
  deliveryId: string;
  /** Which of INCLUDABLE_FIELDS `order` of the custom format has; null or empty means CUSTOM_FIELDS. */
  includeFields?: readonly string[] | null;
  /** The custom format's JSON template, already accepted by validateTemplate; null or blank for none. */
  template?: string | null;
};
