import {
  type DeliveryAttemptRow,
  type DeliveryHistoryRow,
  selectAttemptsOf,
  selectDeliveriesOf,
} from "@/db/queries/delivery-history";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { groupBy } from "@/lib/group-by";
import { shownTo } from "@/lib/log/shown-to";

export type DeliveryWithAttempts = DeliveryHistoryRow & { history: DeliveryAttemptRow[] };

/** Every delivery of an order event to a webhook with all its attempts: the first one, then the resends. */
export async function getDeliveryHistory({
  actor,
  eventId,
  webhookId,
}: {
  actor: Actor;
  eventId: string;
  webhookId: number;
}): Promise<DeliveryWithAttempts[]> {
  requireRole(actor, "viewer");
  return withAttempts(actor, await selectDeliveriesOf({ eventIds: [eventId], webhookId }));
}

export async function withAttempts(
  actor: Actor,
  deliveries: DeliveryHistoryRow[],
): Promise<DeliveryWithAttempts[]> {
  if (deliveries.length === 0) return [];
  const attempts = await selectAttemptsOf(deliveries.map((delivery) => delivery.id));
  const shown = attempts.map((attempt) => shownTo(actor, attempt));
  const byDelivery = groupBy(shown, (attempt) => attempt.delivery_id);
  return deliveries.map((delivery) => ({
    ...shownTo(actor, delivery),
    history: byDelivery.get(delivery.id) ?? [],
  }));
}
