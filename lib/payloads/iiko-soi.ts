import { isObject, objectIn, parsedJson } from "@/lib/json-object";
import { toOffsetTime } from "@/lib/orders/time";
import { courierPart, customerPart, itemsPart, roubles } from "./order-parts";
import type { PayloadInput } from "./payload-input";

/**
 * The guide's «iiko SOI API» payload: money in roubles, times with the offset they came with; what came by SOI keeps
 * all its fields.
 */
export function iikoSoiPayload(input: PayloadInput) {
  const { iiko } = input.event;
  const built = builtPayload(input);
  const sent = iiko?.source === "iiko_soi" ? parsedJson(iiko.text) : null;
  return isObject(sent) ? withSent({ built, sent }) : built;
}

// Every field that came stays; those that it lacks are as we know them. The sum is the same one, in our spelling.
function withSent({
  built,
  sent,
}: {
  built: ReturnType<typeof builtPayload>;
  sent: Record<string, unknown>;
}) {
  const { orderAmount } = built.iikoOrderDetails;
  const details = objectIn(sent.iikoOrderDetails);
  return {
    ...built,
    ...sent,
    transactionDetails: { ...built.transactionDetails, ...objectIn(sent.transactionDetails) },
    iikoOrderDetails: {
      ...built.iikoOrderDetails,
      ...details,
      ...(typeof details.orderAmount === "number" && orderAmount !== null ? { orderAmount } : {}),
    },
  };
}

function builtPayload({ event: { name, order, previousStatus }, deliveryId }: PayloadInput) {
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
