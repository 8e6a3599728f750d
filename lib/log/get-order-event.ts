import { selectEventDeliveries, selectRevisionsAt } from "@/db/queries/order-events";
import { type Actor, hasRole, requireRole } from "@/lib/auth/actor";
import { existingOrderEvent } from "@/lib/log/existing-order-event";
import { type OrderEventView, toOrderEventView } from "@/lib/log/order-event-view";
import { shownTo } from "@/lib/log/shown-to";
import { describeWait, withWaits } from "@/lib/log/waits";
import { type WebhookDecision, webhookDecisions } from "@/lib/log/webhook-decisions";
import { withText } from "@/lib/log/with-text";

/** `is_matched` is false while an accepted event waits to be matched: there are no decisions yet. */
export type OrderEventDetail = OrderEventView & {
  is_matched: boolean;
  data?: unknown;
  decisions: WebhookDecision[];
};

/** An order event, for operators up with what was sent, and the decision for each webhook. Throws not_found. */
export async function getOrderEvent({ actor, id }: { actor: Actor; id: string }): Promise<OrderEventDetail> {
  requireRole(actor, "viewer");
  const event = await existingOrderEvent(id);
  const deliveries = (await withWaits(await selectEventDeliveries(id))).map(({ wait, ...row }) => ({
    ...withText(shownTo(actor, row), { from: "refusal", to: "reason" }),
    waits_for: wait && describeWait(wait),
  }));
  const revision = event.matched_revision;
  const revisions = revision === null ? [] : await selectRevisionsAt(revision);
  return {
    ...toOrderEventView(event),
    is_matched: revision !== null,
    ...(hasRole(actor, "operator") ? { data: JSON.parse(event.data) as unknown } : {}),
    decisions: webhookDecisions({ event, deliveries, revisions }),
  };
}
