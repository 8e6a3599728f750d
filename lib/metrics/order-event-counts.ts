import { processWide } from "@/db/process-wide";

export type OrderEventCounts = { accepted: number; rejected: number };

const counts = processWide<OrderEventCounts>("order-event-counts", () => ({ accepted: 0, rejected: 0 }));

/** Counts what this process's intake took since it started; a repeated event counts as accepted again. */
export function countOrderEvents({ accepted, rejected }: OrderEventCounts): void {
  counts.accepted += accepted;
  counts.rejected += rejected;
}

export function orderEventCounts(): OrderEventCounts {
  return { ...counts };
}
