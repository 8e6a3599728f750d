import type { DeliveryRow } from "@/db/queries/attempts";
import type { NewDelivery } from "@/db/queries/dispatch";
import { type OrderEvent, orderColumns } from "@/lib/orders/prepare-order-event";

type Fresh = { delivery: DeliveryRow; revision: number; storedAt: number };

const MAX_TOTAL_LENGTH = 4 * 1024 * 1024;
const MAX_BODY_LENGTH = 16 * 1024;
const MAX_AGE_MS = 30_000;

/** Ordered by age, oldest first; the bodies are up to MAX_TOTAL_LENGTH characters together. */
const fresh = new Map<string, Fresh>();
let totalLength = 0;

/** Keeps deliveries that were just stored under `revision`, so that attempting them at once needs no second read. */
export function rememberDeliveries(input: {
  events: OrderEvent[];
  deliveries: NewDelivery[];
  revision: number;
}): void {
  const { events, deliveries, revision } = input;
  const storedAt = performance.now();
  const eventOf = new Map(events.map((event) => [event.id, event]));
  for (const { id, event_id, webhook_id, state, body } of deliveries) {
    const event = eventOf.get(event_id);
    if (!event || body.length > MAX_BODY_LENGTH) continue;
    const { order_id, order_external_id } = orderColumns(event.order);
    const delivery: DeliveryRow = {
      id,
      event_id,
      webhook_id,
      state,
      body,
      attempts: 0,
      next_attempt_at: null,
      event_name: event.name,
      order_id,
      order_external_id,
    };
    fresh.set(id, { delivery, revision, storedAt });
    totalLength += body.length;
  }
  for (const oldest of fresh.values()) {
    if (totalLength <= MAX_TOTAL_LENGTH && performance.now() - oldest.storedAt < MAX_AGE_MS) break;
    forget(oldest);
  }
}

function forget({ delivery }: Fresh): void {
  fresh.delete(delivery.id);
  totalLength -= delivery.body.length;
}

/**
 * The delivery if it was just stored, once. Undefined when it has to be read: also when a webhook has changed
 * since `revision`, which may have cancelled it.
 */
export function takeFreshDelivery(input: { id: string; revision: number }): DeliveryRow | undefined {
  const found = fresh.get(input.id);
  if (!found) return undefined;
  forget(found);
  const isValid = found.revision === input.revision && performance.now() - found.storedAt < MAX_AGE_MS;
  return isValid ? found.delivery : undefined;
}
