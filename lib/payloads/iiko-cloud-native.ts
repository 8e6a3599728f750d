import { isObject, parsedJson } from "@/lib/json-object";
import type { Order, OrderItem } from "@/lib/orders/order";
import { isUuid, normaliseOrganizationId } from "@/lib/orders/organization-id";
import { normaliseOrderType, type OrderType } from "@/lib/orders/status";
import { parseTime, readTime } from "@/lib/orders/time";
import { type JsonNumber, jsonNumber } from "./json-text";
import { requireFewItems, roubles } from "./order-parts";
import type { PayloadInput } from "./payload-input";
import { stableUuid } from "./stable-uuid";

const NIL_UUID = "00000000-0000-0000-0000-000000000000";
const MAX_INT32 = 2 ** 31 - 1;

const ORDER_TYPES: Record<OrderType, { id: string; name: string; orderServiceType: string }> = {
  DELIVERY: { id: NIL_UUID, name: "Доставка курьером", orderServiceType: "DeliveryByCourier" },
  PICKUP: { id: NIL_UUID, name: "Доставка самовывоз", orderServiceType: "DeliveryByClient" },
  DINE_IN: { id: NIL_UUID, name: "Обычный заказ", orderServiceType: "Common" },
};

/**
 * What iiko Cloud itself sends of a delivery: an array of one event, money as double, times on the clock of the
 * place. What contract 1 does not know has the value that says least and that strict readers still take.
 * An order that came from iiko Cloud goes on byte for byte as it came.
 */
export function iikoCloudNativePayload({ event: { order, iiko }, deliveryId }: PayloadInput) {
  const sent = iiko?.source === "iiko_cloud" ? asSent(iiko.text) : null;
  if (sent) return [sent];
  const organizationId = asUuid(order.organization_id) ?? NIL_UUID;
  const isError = order.creation_status?.toLowerCase() === "error";
  const changedMs = changeTimeMs({ order, deliveryId });
  const id = asUuid(order.iiko_order_id) ?? stableUuid(`order ${order.external_order_id ?? order.id}`);
  return [
    {
      eventType: isError ? "DeliveryOrderError" : "DeliveryOrderUpdate",
      eventTime: clockText(new Date(changedMs).toISOString()),
      organizationId,
      correlationId: deliveryId,
      eventInfo: {
        id,
        posId: null,
        externalNumber: order.external_order_id ?? null,
        organizationId,
        timestamp: changedMs,
        creationStatus: isError ? "Error" : "Success",
        errorInfo: isError ? errorInfo(order) : null,
        order: isError ? null : nativeOrder({ order, changedMs }),
      },
    },
  ];
}

// Its own bytes, so that a sum of 1420.50 stays that. The text may come from any sender of order events.
function asSent(text: string): JsonNumber | null {
  return isObject(parsedJson(text)) ? jsonNumber(text) : null;
}

function nativeOrder({ order, changedMs }: { order: Order; changedMs: number }) {
  const whenCreated = clockText(order.created_at) ?? clockText(new Date(changedMs).toISOString());
  return {
    customer: customer(order),
    phone: order.customer_phone ?? "",
    deliveryPoint: deliveryPoint(order),
    status: order.status,
    cancelInfo: null,
    courierInfo: courierInfo(order),
    completeBefore: clockText(order.promised_time) ?? whenCreated,
    whenCreated,
    problem: problem(order),
    cookingStartTime: whenCreated,
    isDeleted: false,
    sum: roubles(order.total_amount ?? 0),
    number: orderNumber(order),
    guestsInfo: { count: 1, splitBetweenPersons: false },
    items: nativeItems(order),
    combos: [],
    payments: [],
    tips: [],
    discounts: [],
    orderType: orderType(order),
    terminalGroupId: NIL_UUID,
    processedPaymentsSum: null,
    loyaltyInfo: null,
  };
}

// A one-time customer has no id and no gender at iiko, but readers of a typed customer need both.
function customer(order: Order) {
  if (!order.customer_name) return null;
  const id = stableUuid(`customer ${order.customer_phone || order.customer_name}`);
  return { type: "one-time", id, name: order.customer_name, gender: "NotSpecified" };
}

function deliveryPoint({ delivery_address: line1 }: Order) {
  if (!line1) return null;
  return { coordinates: null, address: { region: null, line1 }, externalCartographyId: null, comment: null };
}

function courierInfo({ courier_id, courier_name }: Order) {
  if (!courier_id && !courier_name) return null;
  const courier = { id: asUuid(courier_id) ?? NIL_UUID, name: courier_name ?? "", phone: null };
  return { courier, isCourierSelectedManually: false };
}

function problem({ problem }: Order) {
  return problem ? { hasProblem: true, description: textOf(problem) } : null;
}

function errorInfo({ error_info }: Order) {
  const message = error_info ? textOf(error_info) : null;
  return { code: "Common", message, description: null, additionalData: null, errorReason: null };
}

function textOf(value: string | object): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

// iiko's number is an int32; «A-515» has no place in it.
function orderNumber({ readable_number, id }: Order): number {
  if (readable_number && /^\d{1,9}$/.test(readable_number)) return Number(readable_number);
  return id && id > 0 && id <= MAX_INT32 ? id : 0;
}

function orderType({ order_type }: Order) {
  const type = order_type && normaliseOrderType(order_type);
  return type && Object.hasOwn(ORDER_TYPES, type) ? ORDER_TYPES[type as OrderType] : null;
}

function nativeItems(order: Order) {
  requireFewItems(order);
  return (order.items ?? []).map((item) => ({
    type: "Product",
    product: product(item),
    modifiers: (item.modifiers ?? []).flatMap(nativeModifiers),
    price: money(item.price),
    cost: money(item.sum),
    pricePredefined: false,
    resultSum: money(item.sum),
    status: "Added",
    amount: item.amount ?? 1,
  }));
}

// iiko's modifiers have none of their own: deeper ones stand behind the one that they belong to.
function nativeModifiers(item: OrderItem): object[] {
  const modifier = {
    product: product(item),
    amount: item.amount ?? 1,
    amountIndependentOfParentAmount: true,
    productGroup: { id: NIL_UUID, name: "" },
    price: money(item.price),
    pricePredefined: false,
    resultSum: money(item.sum),
  };
  return [modifier, ...(item.modifiers ?? []).flatMap(nativeModifiers)];
}

function product({ product_id, name }: OrderItem) {
  return { id: asUuid(product_id) ?? NIL_UUID, name: name ?? "" };
}

function money(kopecks: number | null | undefined): JsonNumber | null {
  return roubles(kopecks ?? 0);
}

function asUuid(text: string | null | undefined): string | null {
  return text && isUuid(text) ? normaliseOrganizationId(text) : null;
}

// A delivery's id is a UUID of version 7, which begins with the milliseconds of its making.
function changeTimeMs({ order, deliveryId }: { order: Order; deliveryId: string }): number {
  const madeMs = Number.parseInt(deliveryId.replace("-", "").slice(0, 12), 16);
  return parseTime(order.updated_at) ?? parseTime(order.created_at) ?? madeMs;
}

/** iiko's `2026-02-14 15:02:11.347`: the clock of the place, without an offset. */
function clockText(value: unknown): string | null {
  const time = readTime(value);
  return time && `${time.date} ${time.clock}.${time.fraction.slice(1, 4).padEnd(3, "0")}`;
}
