import { isObject, type Loose, objectIn } from "@/lib/json-object";
import { kopecksIn, textIn } from "./loose";

type Soi = { value: Loose; externalId: string; iikoOrderId: string | null };

/** SOI's message in contract 1's columns: only those that it has, since its updates are partial. */
export function soiOrder({ value, externalId, iikoOrderId }: Soi): Loose {
  const details = objectIn(value.iikoOrderDetails);
  const { courier, customer } = details;
  const status = textIn(details.orderStatus ?? value.orderStatus);
  const columns: [column: string, given: unknown, value: unknown][] = [
    ["iiko_order_id", iikoOrderId ?? undefined, iikoOrderId],
    ["readable_number", value.readableNumber, textIn(value.readableNumber)],
    ["iiko_order_number", details.iikoOrderNumber, textIn(details.iikoOrderNumber)],
    ["organization_id", objectIn(value.transactionDetails).organizationId, organizationId(value)],
    ["restaurant_name", details.restaurantName, textIn(details.restaurantName)],
    ["status", status ?? undefined, status],
    ["order_type", details.orderType, textIn(details.orderType)],
    ["creation_status", value.creationStatus, textIn(value.creationStatus)],
    ["error_info", value.errorInfo, textOrJson(value.errorInfo)],
    ["problem", details.problem, textOrJson(details.problem)],
    ["total_amount", details.orderAmount, kopecksIn(details.orderAmount)],
    ["created_at", details.receivedAt, textIn(details.receivedAt)],
    ["promised_time", details.promisedTime, textIn(details.promisedTime)],
    ["courier_id", courier, textIn(objectIn(courier).id)],
    ["courier_name", courier, textIn(objectIn(courier).name)],
    ["customer_name", customer, textIn(objectIn(customer).name)],
    ["customer_phone", customer, textIn(objectIn(customer).phone)],
  ];
  const told = columns.filter(([, given]) => given !== undefined).map(([column, , told]) => [column, told]);
  return { external_order_id: externalId, ...Object.fromEntries(told) };
}

function organizationId(value: Loose): string | null {
  return textIn(objectIn(value.transactionDetails).organizationId)?.toLowerCase() ?? null;
}

function textOrJson(value: unknown): string | null {
  return isObject(value) ? JSON.stringify(value) : textIn(value);
}
