import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { encodeCursor } from "@/lib/http/cursor";
import { MAX_ID } from "@/lib/http/query";
import { ATTEMPT_EVENT_TYPES, type AttemptFilters } from "@/lib/log/attempt-filters";
import { type FoundOrders, findOrders } from "@/lib/log/find-orders";
import { PERIOD_MS, PERIODS } from "@/lib/log/periods";
import type { LogSearch } from "./log-search";

const PAGE_SIZE = 50;

const given = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);
const number = (max: number) => given(z.coerce.number().int().min(1).max(max));
const time = given(z.iso.datetime({ offset: true }));

const LogQuery = z.object({
  webhook: number(MAX_ID),
  status: given(z.enum(["success", "failed"])),
  event: given(z.enum(ATTEMPT_EVENT_TYPES)),
  order: given(
    z
      .string()
      .trim()
      .min(1)
      .max(400)
      .refine((text) => !text.includes("\0")),
  ),
  period: given(z.enum(PERIODS)),
  since: time,
  until: time,
  before: number(Number.MAX_SAFE_INTEGER),
});

/** The filters that an address of the log names; what it names wrongly is left out. */
export function readLogQuery(searchParams: Record<string, string | string[] | undefined>): LogSearch {
  return LogQuery.parse(searchParams);
}

/** The same as lib's verbs take them. An order is given as the search of orders takes it, or by iiko-base's id as `#123`. */
export async function toAttemptFilters({
  actor,
  query,
  now,
}: {
  actor: Actor;
  query: LogSearch;
  now: Date;
}): Promise<AttemptFilters & { orders: FoundOrders | undefined }> {
  const orderId = /^#(\d{1,15})$/.exec(query.order ?? "")?.[1];
  return {
    webhook_id: query.webhook,
    success: query.status && query.status === "success",
    event_type: query.event,
    order_id: orderId === undefined ? undefined : Number(orderId),
    orders:
      query.order !== undefined && orderId === undefined
        ? await findOrders({ actor, typed: query.order })
        : undefined,
    since: sinceOf({ query, now }),
    until: query.until === undefined ? undefined : new Date(query.until),
    limit: PAGE_SIZE,
    cursor:
      query.before === undefined ? undefined : encodeCursor({ kind: "attempts", position: query.before }),
  };
}

function sinceOf({ query, now }: { query: LogSearch; now: Date }): Date | undefined {
  if (query.period) return new Date(now.getTime() - PERIOD_MS[query.period]);
  return query.since === undefined ? undefined : new Date(query.since);
}
