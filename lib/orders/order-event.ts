import { z } from "zod";
import { type Refusal, refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";
import { describeIssues } from "./describe-issues";
import { type SentByIiko, sentByIiko } from "./iiko-message";
import { isNestedDeeperThan } from "./nesting";
import { Order } from "./order";
import { normaliseStatus } from "./status";

export const ORDER_EVENT_NAMES = [
  "order.created",
  "order.updated",
  "order.status_changed",
  "order.cancelled",
] as const;

export type OrderEventName = (typeof ORDER_EVENT_NAMES)[number];

/** An order with all its modifiers needs 24; what is kept, unknown fields too, must fit JSON.stringify. */
const MAX_NESTING = 64;

/** What contract 1 calls `data`: the order as it was when the event was raised. */
const OrderEventData = z
  .looseObject(
    {
      order: Order,
      previous_status: z
        .string({ error: zodMessage(refuse("text")) })
        .overwrite(normaliseStatus)
        .nullish(),
    },
    { error: zodMessage(refuse("object")) },
  )
  .refine((data) => !isNestedDeeperThan({ value: data, limit: MAX_NESTING }), {
    error: zodMessage(refuse("nesting_levels", { max: MAX_NESTING })),
  });

const OrderEvent = z.object({
  name: z.enum(ORDER_EVENT_NAMES, {
    error: zodMessage(refuse("one_of", { values: ORDER_EVENT_NAMES.join(", ") })),
  }),
  data: OrderEventData,
});

export type RawOrderEvent = { id?: unknown; name: unknown; ts?: unknown; data: unknown };

export type ParsedOrderEvent =
  | { ok: true; name: OrderEventName; order: Order; previousStatus: string | null; iiko?: SentByIiko }
  | { ok: false; refusals: Refusal[] };

/**
 * Reads one event of contract 1, statuses normalised. Refusals name each field, what is allowed there and what was
 * given; `id` and `ts` are the intake's to judge.
 */
export function parseOrderEvent(raw: RawOrderEvent): ParsedOrderEvent {
  const parsed = OrderEvent.safeParse(raw);
  if (!parsed.success) {
    return { ok: false, refusals: describeIssues({ issues: parsed.error.issues, input: raw }) };
  }
  const { name, data } = parsed.data;
  const iiko = sentByIiko(data.iiko_message);
  return {
    ok: true,
    name,
    order: data.order,
    previousStatus: data.previous_status || null,
    ...(iiko && { iiko }),
  };
}
