import { isObject, type Loose, objectIn } from "@/lib/json-object";
import { normaliseOrderType } from "@/lib/orders/status";
import { readTime } from "@/lib/orders/time";
import { cloudItems } from "./cloud-items";
import { offsetOf } from "./cloud-offset";
import { kopecksIn, textIn } from "./loose";

type CloudOrder = {
  info: Loose;
  kind: string;
  ids: Loose;
  changedMs: number | null;
  defaultOffset: string;
};

const CREATION_STATUS: Record<string, string> = { Success: "OK" };

/**
 * iiko Cloud's OrderInfo in contract 1's columns. Null where there is nothing to tell of an order: no order and no
 * error, as while it is being made.
 */
export function cloudOrder({ info, kind, ids, changedMs, defaultOffset }: CloudOrder): Loose | null {
  const isError = info.creationStatus === "Error" || kind.endsWith("Error");
  const creation = textIn(info.creationStatus) ?? (isError ? "Error" : "Success");
  const told = {
    ...ids,
    creation_status: isError ? "Error" : (CREATION_STATUS[creation] ?? creation),
    error_info: isObject(info.errorInfo) ? JSON.stringify(info.errorInfo) : textIn(info.errorInfo),
    updated_at: changedMs === null ? null : new Date(changedMs).toISOString(),
  };
  if (!isObject(info.order)) return isError ? told : null;
  return {
    ...told,
    ...orderColumns({ order: info.order, kind, offset: offsetOf(info.order) ?? defaultOffset }),
  };
}

function orderColumns({ order, kind, offset }: { order: Loose; kind: string; offset: string }): Loose {
  const number = textIn(order.number);
  return {
    readable_number: number,
    iiko_order_number: number,
    restaurant_name: textIn(objectIn(order.conception).name),
    ...(textIn(order.status) === null ? {} : { status: textIn(order.status) }),
    order_type: orderType({ order, kind }),
    problem: problem(order.problem),
    customer_name: joined([objectIn(order.customer).name, objectIn(order.customer).surname], " "),
    customer_phone: textIn(order.phone),
    delivery_address: address(order.deliveryPoint),
    ...courier(order),
    total_amount: kopecksIn(order.sum),
    created_at: withOffset({ time: order.whenCreated, offset }),
    promised_time: withOffset({ time: order.completeBefore, offset }),
    items: cloudItems(order.items),
    ...(order.isDeleted === true ? { is_deleted: true } : {}),
  };
}

function orderType({ order, kind }: { order: Loose; kind: string }): string | null {
  if (kind.startsWith("Table")) return "DINE_IN";
  const type = textIn(objectIn(order.orderType).orderServiceType);
  return type && normaliseOrderType(type);
}

function problem(value: unknown): string | null {
  const { hasProblem, description } = objectIn(value);
  return hasProblem === true ? (textIn(description) ?? "Проблема без описания") : null;
}

/** A till that has no couriers of its own names the delivery service. */
function courier(order: Loose): Loose {
  const own = objectIn(objectIn(order.courierInfo).courier);
  const named = textIn(own.id) || textIn(own.name) ? own : objectIn(order.externalCourierService);
  return { courier_id: textIn(named.id), courier_name: textIn(named.name) };
}

function address(deliveryPoint: unknown): string | null {
  const point = objectIn(deliveryPoint);
  const parts = objectIn(point.address);
  const street = objectIn(parts.street);
  const line = [
    objectIn(street.city).name,
    street.name,
    labelled("д. ", parts.house),
    labelled("корп. ", parts.building),
    labelled("подъезд ", parts.entrance),
    labelled("этаж ", parts.floor),
    labelled("кв. ", parts.flat),
    labelled("домофон ", parts.doorphone),
  ];
  return textIn(parts.line1) ?? joined(line, ", ") ?? textIn(point.comment);
}

function labelled(label: string, value: unknown): string | null {
  const text = textIn(value);
  return text && label + text;
}

/** iiko writes a street that it does not know as a row of dashes. */
function joined(values: unknown[], separator: string): string | null {
  const known = values.map(textIn).filter((text) => text !== null && !/^[-\s]*$/.test(text));
  return known.length > 0 ? known.join(separator) : null;
}

/** iiko's `2026-02-14 15:02:11.347`, on the clock of the place; a time that tells its offset keeps that. */
function withOffset({ time, offset }: { time: unknown; offset: string }): string | null {
  const text = textIn(time);
  if (text === null) return null;
  const isLocal = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) && readTime(text) !== null;
  return isLocal ? `${text.replace(" ", "T")}${offset}` : text;
}
