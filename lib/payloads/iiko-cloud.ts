import { toUtcTime } from "@/lib/orders/time";
import { courierPart, customerWithAddressPart, itemsPart, roubles } from "./order-parts";
import type { PayloadInput } from "./payload-input";

/** The guide's «iiko Cloud API» payload: money in roubles, times in UTC. */
export function iikoCloudPayload({ event: { order } }: PayloadInput) {
  return {
    eventType: "DeliveryOrderUpdate",
    eventInfo: {
      id: order.iiko_order_id ?? null,
      externalId: order.external_order_id ?? null,
      organizationId: order.organization_id ?? null,
      status: order.status,
      sum: roubles(order.total_amount),
      number: order.readable_number ?? null,
      orderType: order.order_type ?? null,
      createdAt: toUtcTime(order.created_at),
      promisedTime: toUtcTime(order.promised_time),
      ...courierPart(order),
      ...customerWithAddressPart(order),
      ...itemsPart(order),
    },
  };
}
