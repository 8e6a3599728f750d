import type { Loose } from "@/lib/json-object";
import { offsetText } from "@/lib/offset-text";
import { parseTime } from "@/lib/orders/time";

const QUARTER_MS = 15 * 60_000;
// From making an order to the server's knowing of it; more, and it was no steady connection.
const MAX_DELAY_MS = 2 * 60_000;

/**
 * How far the clock of the place is from UTC, `+03:00`, by an order of iiko Cloud: it was made at `whenCreated` of
 * that clock, and the server had it moments later, which it notes in UTC. Null where it does not tell.
 */
export function offsetOf(order: Loose): string | null {
  const createdMs = parseTime(order.whenCreated);
  if (createdMs === null) return null;
  for (const received of [order.whenReceivedFromFront, order.whenReceivedByApi]) {
    const receivedMs = parseTime(received);
    const aheadMs = receivedMs === null ? null : createdMs - receivedMs;
    const offset = aheadMs === null ? null : nearestOffset(aheadMs);
    if (offset !== null) return offset;
  }
  return null;
}

function nearestOffset(aheadMs: number): string | null {
  const quarters = Math.round(aheadMs / QUARTER_MS);
  if (Math.abs(aheadMs - quarters * QUARTER_MS) > MAX_DELAY_MS || quarters < -48 || quarters > 56)
    return null;
  return offsetText(quarters * QUARTER_MS);
}
