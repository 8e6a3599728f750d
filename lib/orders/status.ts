/** iiko's order statuses in the order an order usually passes through them (contract 1). */
export const ORDER_STATUSES = [
  "Unconfirmed",
  "WaitCooking",
  "ReadyForCooking",
  "CookingStarted",
  "CookingCompleted",
  "Waiting",
  "OnWay",
  "Delivered",
  "Closed",
  "Cancelled",
] as const;

export const ORDER_TYPES = ["DELIVERY", "PICKUP", "DINE_IN"] as const;

type OrderStatus = (typeof ORDER_STATUSES)[number];
export type OrderType = (typeof ORDER_TYPES)[number];

const STATUS_OF = new Map(ORDER_STATUSES.map((status): [string, OrderStatus] => [lettersOf(status), status]));

/** Both enumerations of iiko's: that of an order and that of its dictionary of order types. */
const TYPE_OF = new Map<string, OrderType>([
  ...ORDER_TYPES.map((type): [string, OrderType] => [lettersOf(type), type]),
  ["deliverybycourier", "DELIVERY"],
  ["deliverybyclient", "PICKUP"],
  ["deliverypickup", "PICKUP"],
  ["common", "DINE_IN"],
]);

/**
 * SOI's spelling (`COOKING_STARTED`) and any other case of a status become iiko's (`CookingStarted`); anything
 * else passes unchanged.
 */
export function normaliseStatus(status: string): string {
  return STATUS_OF.get(lettersOf(status)) ?? status;
}

/** DELIVERY, PICKUP or DINE_IN for what iiko or iiko-base calls that, in any case; anything else unchanged. */
export function normaliseOrderType(type: string): string {
  return TYPE_OF.get(lettersOf(type)) ?? type;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[\s_-]/g, "");
}
