import { withQuery } from "@/lib/http/query-string";
import { WEBHOOK_SORTS, type WebhookOrder } from "@/lib/webhooks/sort-webhooks";

export const STATES = ["all", "active", "inactive"] as const;
export type State = (typeof STATES)[number];

export type ListFilter = { search: string; state: State; order: WebhookOrder; page: number };
export type SearchParams = Record<string, string | string[] | undefined>;

const MAX_PAGE = 9_999;

/** The list's filter as its address gives it; what makes no sense is left out. */
export function readFilter({ q, state, sort, page }: SearchParams): ListFilter {
  return {
    search: typeof q === "string" ? q.slice(0, 200) : "",
    state: STATES.find((known) => known === state) ?? "all",
    order: readOrder(typeof sort === "string" ? sort : ""),
    page: typeof page === "string" && /^[1-9]\d{0,3}$/.test(page) ? Math.min(Number(page), MAX_PAGE) : 1,
  };
}

export function filterHref({ search, state, order, page }: ListFilter): string {
  const isUsual = order.by === "state" && !order.isReversed;
  return withQuery({
    path: "/webhooks",
    search: {
      q: search.trim(),
      state: state === "all" ? undefined : state,
      sort: isUsual ? undefined : `${order.isReversed ? "-" : ""}${order.by}`,
      page: page > 1 ? page : undefined,
    },
  });
}

function readOrder(sort: string): WebhookOrder {
  const isReversed = sort.startsWith("-");
  const by = WEBHOOK_SORTS.find((known) => known === sort.slice(Number(isReversed)));
  return by ? { by, isReversed } : { by: "state", isReversed: false };
}
