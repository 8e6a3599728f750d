import {
  type DeliveryAttemptRow,
  type DeliveryHistoryRow,
  selectAttemptsOf,
  selectDeliveriesOf,
} from "@/db/queries/delivery-history";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { groupBy } from "@/lib/group-by";
import { shownTo } from "@/lib/log/shown-to";
import { type Wait, withWaits } from "@/lib/log/waits";

export type DeliveryWithAttempts = DeliveryHistoryRow & {
  history: DeliveryAttemptRow[];
  /** While it is pending: what it waits for besides its own next attempt. */
  wait: Wait | null;
};

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
  const [attempts, waiting] = await Promise.all([
    selectAttemptsOf(deliveries.map((delivery) => delivery.id)),
    withWaits(deliveries),
  ]);
  const shown = attempts.map((attempt) => shownTo(actor, attempt));
  const byDelivery = groupBy(shown, (attempt) => attempt.delivery_id);
  return waiting.map((delivery) => ({
    ...shownTo(actor, delivery),
    history: byDelivery.get(delivery.id) ?? [],
  }));
}
