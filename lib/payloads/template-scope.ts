import { ORDER_COLUMNS } from "@/lib/orders/columns";
import { toUtcTime } from "@/lib/orders/time";
import type { PayloadInput } from "./payload-input";
import { SHORT_NAMES } from "./placeholders";

const WRITTEN_TIMES = Symbol("times as they came");

type Scope = Record<string, unknown> & { [WRITTEN_TIMES]: Map<unknown, unknown> };

/** The values that a template may use: money in kopecks and times in UTC, as in the flat custom format. */
export function templateScope({ event, deliveryId }: PayloadInput): Scope {
  const order: Record<string, unknown> = {};
  for (const column of ORDER_COLUMNS) order[column] = event.order[column] ?? null;
  order.creation_status ??= "OK";
  const times = new Map<unknown, unknown>();
  for (const column of ["created_at", "updated_at", "promised_time"]) {
    const utc = toUtcTime(order[column]);
    times.set(utc, order[column]);
    order[column] = utc;
  }
  const groups: Record<string, Record<string, unknown>> = {
    order,
    event: { id: event.id ?? null, name: event.name, previous_status: event.previousStatus },
    delivery: { id: deliveryId },
  };
  const scope: Scope = { ...groups, [WRITTEN_TIMES]: times };
  for (const [short, name] of Object.entries(SHORT_NAMES)) {
    const [group = "", field = ""] = name.split(".");
    scope[short] = groups[group]?.[field];
  }
  return scope;
}

/** How the order's times came, by the time in UTC that stands in the scope. */
export function writtenTimes(scope: object): Map<unknown, unknown> {
  return (scope as Scope)[WRITTEN_TIMES];
}
