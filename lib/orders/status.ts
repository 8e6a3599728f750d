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

export type OrderStatus = (typeof ORDER_STATUSES)[number];
export type OrderType = (typeof ORDER_TYPES)[number];

const BY_SOI_SPELLING = new Map<string, OrderStatus>(
  ORDER_STATUSES.map((status) => [toSoiSpelling(status), status]),
);

/** SOI's spelling (`COOKING_STARTED`) becomes iiko's (`CookingStarted`); anything else passes unchanged. */
export function normaliseStatus(status: string): string {
  return BY_SOI_SPELLING.get(status) ?? status;
}

function toSoiSpelling(status: string): string {
  return status.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}
