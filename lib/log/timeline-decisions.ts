import type { OrderEventDetailRow } from "@/db/queries/order-events";
import { selectRevisionsAtEach } from "@/db/queries/order-timeline";
import { groupBy } from "@/lib/group-by";
import type { DeliveryWithAttempts } from "@/lib/log/get-delivery-history";
import { type ExplainedDecision, explainDecisions } from "./webhook-decisions";

export type TimelineDecision = Omit<ExplainedDecision, "deliveries"> & { deliveries: DeliveryWithAttempts[] };

/** The decision for each webhook of each event, by event id; none for an event that is not matched yet. */
export async function decideTimeline({
  events,
  deliveries,
}: {
  events: OrderEventDetailRow[];
  deliveries: Map<string, DeliveryWithAttempts[]>;
}): Promise<Map<string, TimelineDecision[]>> {
  const matchedAt = events.flatMap((event) =>
    event.matched_revision === null ? [] : [event.matched_revision],
  );
  const revisions = matchedAt.length === 0 ? [] : await selectRevisionsAtEach([...new Set(matchedAt)]);
  const byRevision = groupBy(revisions, ({ revision }) => revision);
  return new Map(
    events.map((event) => {
      const own = deliveries.get(event.id) ?? [];
      const decisions = explainDecisions({
        event,
        deliveries: own,
        revisions: event.matched_revision === null ? [] : (byRevision.get(event.matched_revision) ?? []),
      });
      return [event.id, decisions.map((decision) => withDeliveries({ decision, own }))];
    }),
  );
}

function withDeliveries({
  decision,
  own,
}: {
  decision: ExplainedDecision;
  own: DeliveryWithAttempts[];
}): TimelineDecision {
  return { ...decision, deliveries: own.filter((delivery) => delivery.webhook_id === decision.webhook_id) };
}
