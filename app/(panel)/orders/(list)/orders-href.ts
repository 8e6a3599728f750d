export type OrderSearchParams = {
  q: string;
  state?: "accepted" | "rejected" | undefined;
  before?: number | undefined;
};

/** The address of the list with this search. */
export function ordersHref(search: OrderSearchParams): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return query ? `/orders?${query}` : "/orders";
}
