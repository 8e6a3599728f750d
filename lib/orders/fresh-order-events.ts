import type { OrderEvent } from "./prepare-order-event";

const MAX_FRESH = 2000;
const fresh = new Map<string, OrderEvent>();

/** Keeps events that were just stored, so that dispatching them at once needs no second read. */
export function rememberOrderEvents(events: OrderEvent[]): void {
  for (const event of events) if (fresh.size < MAX_FRESH) fresh.set(event.id, event);
}

/** The event if it was just stored, once; undefined when it has to be read. */
export function takeFreshOrderEvent(id: string): OrderEvent | undefined {
  const event = fresh.get(id);
  if (event) fresh.delete(id);
  return event;
}
