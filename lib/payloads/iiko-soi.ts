import { toOffsetTime } from "@/lib/orders/time";
import { courierPart, customerPart, itemsPart, roubles } from "./order-parts";
import type { PayloadInput } from "./payload-input";

/** The guide's «iiko SOI API» payload: money in roubles, times with the offset they came with. */
export function iikoSoiPayload({ event: { name, order, previousStatus }, deliveryId }: PayloadInput) {
  return {
    type: name === "order.created" ? "CREATE" : "UPDATE",
    orderExternalId: order.external_order_id ?? null,
    readableNumber: order.readable_number ?? null,
    creationStatus: order.creation_status ?? "OK",
    errorInfo: order.error_info ?? null,
    ...(previousStatus === null ? {} : { previousStatus }),
    transactionDetails: {
      correlationId: deliveryId,
      organizationId: order.organization_id ?? null,
    },
    iikoOrderDetails: {
      iikoOrderId: order.iiko_order_id ?? null,
      iikoOrderNumber: order.iiko_order_number ?? null,
      restaurantName: order.restaurant_name ?? null,
      orderType: order.order_type ?? null,
      orderStatus: order.status,
      receivedAt: toOffsetTime(order.created_at),
      promisedTime: toOffsetTime(order.promised_time),
      problem: order.problem ?? null,
      orderAmount: roubles(order.total_amount),
      ...courierPart(order),
      ...customerPart(order),
      ...itemsPart(order),
    },
  };
}
