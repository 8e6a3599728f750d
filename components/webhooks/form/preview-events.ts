import type { OrderEventName } from "@/lib/orders/order-event";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";
import type { OrderEvent } from "@/lib/orders/prepare-order-event";
import { SAMPLE_EVENT } from "@/lib/orders/sample";

type Sample = { status: string; previousStatus: string | null };

const SAMPLES: Record<OrderEventName, Sample> = {
  "order.created": { status: "WaitCooking", previousStatus: null },
  "order.updated": { status: "CookingStarted", previousStatus: null },
  "order.status_changed": { status: "CookingStarted", previousStatus: "WaitCooking" },
  "order.cancelled": { status: "Cancelled", previousStatus: "CookingStarted" },
};

/** The sample order in each event that there is. */
export const SAMPLE_EVENTS: OrderEvent[] = ORDER_EVENT_NAMES.map((name) => ({
  ...SAMPLE_EVENT,
  name,
  order: { ...SAMPLE_EVENT.order, status: SAMPLES[name].status },
  previousStatus: SAMPLES[name].previousStatus,
}));
