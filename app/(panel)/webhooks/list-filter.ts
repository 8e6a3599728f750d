export const STATES = ["all", "active", "inactive"] as const;
export type State = (typeof STATES)[number];

export type ListFilter = { search: string; state: State; before?: number | undefined };
export type SearchParams = Record<string, string | string[] | undefined>;

/** The list's filter as its address gives it; what makes no sense is left out. */
export function readFilter({ q, state, before }: SearchParams): ListFilter {
  return {
    search: typeof q === "string" ? q.slice(0, 200) : "",
    state: STATES.find((known) => known === state) ?? "all",
    before: typeof before === "string" && /^[1-9]\d{0,8}$/.test(before) ? Number(before) : undefined,
  };
}

export function filterHref({ search, state, before }: ListFilter): string {
  const query = new URLSearchParams();
  if (search.trim()) query.set("q", search.trim());
  if (state !== "all") query.set("state", state);
  if (before !== undefined) query.set("before", String(before));
  return query.size === 0 ? "/webhooks" : `/webhooks?${query}`;
}
