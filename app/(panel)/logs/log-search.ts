import { toQueryString, withQuery } from "@/lib/http/query-string";
import type { ATTEMPT_EVENT_TYPES } from "@/lib/log/attempt-filters";
import type { Period } from "@/lib/log/periods";

/** What the address of the log says; `before` is the id that an earlier page begins below. */
export type LogSearch = {
  webhook?: number | undefined;
  status?: "success" | "failed" | undefined;
  event?: (typeof ATTEMPT_EVENT_TYPES)[number] | undefined;
  order?: string | undefined;
  period?: Period | undefined;
  since?: string | undefined;
  until?: string | undefined;
  before?: number | undefined;
};

/** The address of the log with these filters. */
export function logHref(search: LogSearch): string {
  return withQuery({ path: "/logs", search });
}

/** The address of an attempt, which keeps the filters it was found by. */
export function attemptHref({ id, search }: { id: number; search: LogSearch }): string {
  return withQuery({ path: `/logs/${id}`, search: { ...search, before: undefined } });
}

export function isFiltered({ before: _, ...filters }: LogSearch): boolean {
  return toQueryString(filters) !== "";
}
