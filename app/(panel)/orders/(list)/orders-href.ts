import { withQuery } from "@/lib/http/query-string";

export type OrderSearchParams = {
  q: string;
  state?: "accepted" | "rejected" | undefined;
  before?: number | undefined;
};

/** The address of the list with this search. */
export function ordersHref(search: OrderSearchParams): string {
  return withQuery({ path: "/orders", search });
}
