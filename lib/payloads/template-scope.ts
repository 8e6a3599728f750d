import { toUtcTime } from "@/lib/orders/time";
import type { PayloadInput } from "./payload-input";

const WRITTEN_TIMES = Symbol("times as they came");

type Scope = { [name: string]: unknown; [WRITTEN_TIMES]: Map<unknown, unknown> };

/** The values that a template may use: money in kopecks and times in UTC, as in the flat custom format. */
export function templateScope({ event, deliveryId }: PayloadInput): Scope {
  const { created_at, updated_at, promised_time } = event.order;
  const times = new Map<unknown, unknown>();
  const inUtc = (written: unknown) => {
    const utc = toUtcTime(written);
    times.set(utc, written);
    return utc;
  };
  const order = {
    ...event.order,
    creation_status: event.order.creation_status ?? "OK",
    ...{ created_at: inUtc(created_at), updated_at: inUtc(updated_at), promised_time: inUtc(promised_time) },
  };
  return {
    order,
    event: { id: event.id ?? null, name: event.name, previous_status: event.previousStatus },
    delivery: { id: deliveryId },
    // iiko-base's short names, spelled out for speed; placeholders.ts lists them.
    order_id: order.id,
    external_order_id: order.external_order_id,
    iiko_order_id: order.iiko_order_id,
    status: order.status,
    previous_status: event.previousStatus,
    customer_name: order.customer_name,
    customer_phone: order.customer_phone,
    total_amount: order.total_amount,
    event_type: event.name,
    courier_name: order.courier_name,
    order_type: order.order_type,
    [WRITTEN_TIMES]: times,
  };
}

/** How the order's times came, by the time in UTC that stands in the scope. */
export function writtenTimes(scope: object): Map<unknown, unknown> {
  return (scope as Scope)[WRITTEN_TIMES];
}
