import { formatRoubles } from "@/lib/orders/money";
import type { Order, OrderItem } from "@/lib/orders/order";
import { type JsonNumber, jsonNumber } from "./json-text";
import { MAX_BODY_LENGTH, tooLong } from "./payload-error";

export type PayloadItem = {
  productId: string | null;
  name: string | null;
  amount: number | null;
  price: JsonNumber | null;
  sum: JsonNumber | null;
  modifiers: PayloadItem[];
};

/** Kopecks as JSON's roubles, always with two decimals: `1520.00`; null when there is no sum. */
export function roubles(kopecks: number | null | undefined): JsonNumber | null {
  return kopecks === null || kopecks === undefined ? null : jsonNumber(formatRoubles(kopecks));
}

/** `{ courier }` to spread into a payload; empty when the order has none. */
export function courierPart(order: Order) {
  return partUnlessEmpty({ key: "courier", part: { id: order.courier_id, name: order.courier_name } });
}

/** `{ customer }` to spread into a payload; empty when the order has none. */
export function customerPart(order: Order) {
  return partUnlessEmpty({
    key: "customer",
    part: { name: order.customer_name, phone: order.customer_phone },
  });
}

/** As customerPart, with the address that iiko Cloud keeps with the customer. */
export function customerWithAddressPart(order: Order) {
  return partUnlessEmpty({
    key: "customer",
    part: { name: order.customer_name, phone: order.customer_phone, address: order.delivery_address },
  });
}

/** `{ items }` with modifiers, money in roubles, to spread into a payload; empty when the order has none. */
export function itemsPart(order: Order): { items?: PayloadItem[] } {
  if (!order.items || order.items.length === 0) return {};
  requireFewItems(order);
  return { items: order.items.map(toPayloadItem) };
}

// Each takes 90 characters when all of it is null: more need not be written out to be found too long.
const MAX_POSITIONS = MAX_BODY_LENGTH / 90;

/** Throws PayloadError for an order with more items and modifiers than fit into a body. */
export function requireFewItems({ items }: Order): void {
  if (items && positionsIn(items) > MAX_POSITIONS) throw tooLong();
}

function positionsIn(items: OrderItem[]): number {
  let count = items.length;
  for (const { modifiers } of items) if (modifiers && modifiers.length > 0) count += positionsIn(modifiers);
  return count;
}

function toPayloadItem(item: OrderItem): PayloadItem {
  return {
    productId: item.product_id ?? null,
    name: item.name ?? null,
    amount: item.amount ?? null,
    price: roubles(item.price),
    sum: roubles(item.sum),
    modifiers: (item.modifiers ?? []).map(toPayloadItem),
  };
}

function partUnlessEmpty({ key, part }: { key: string; part: Record<string, string | null | undefined> }) {
  if (!Object.values(part).some(Boolean)) return {};
  return { [key]: Object.fromEntries(Object.entries(part).map(([name, value]) => [name, value ?? null])) };
}
