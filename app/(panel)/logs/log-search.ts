import type { ATTEMPT_EVENT_TYPES } from "@/lib/log/attempt-filters";

/** What the address of the log says; `before` is the id that an earlier page begins below. */
export type LogSearch = {
  webhook?: number | undefined;
  status?: "success" | "failed" | undefined;
  event?: (typeof ATTEMPT_EVENT_TYPES)[number] | undefined;
  order?: string | undefined;
  period?: "hour" | "day" | "week" | undefined;
  since?: string | undefined;
  until?: string | undefined;
  before?: number | undefined;
};

/** The address of the log with these filters. */
export function logHref(search: LogSearch): string {
  const query = toQueryString(search);
  return query ? `/logs?${query}` : "/logs";
}

/** The address of an attempt, which keeps the filters it was found by. */
export function attemptHref({ id, search }: { id: number; search: LogSearch }): string {
  const query = toQueryString({ ...search, before: undefined });
  return query ? `/logs/${id}?${query}` : `/logs/${id}`;
}

export function toQueryString(search: LogSearch): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

export function isFiltered({ before: _, ...filters }: LogSearch): boolean {
  return toQueryString(filters) !== "";
}
