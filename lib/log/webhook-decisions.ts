import type { EventDeliveryRow, OrderEventDetailRow, RevisionRow } from "@/db/queries/order-events";
import { readStoredOrderEvent } from "@/lib/orders/prepare-order-event";
import {
  describeSkip,
  type MatchingConfig,
  type MatchingEvent,
  matchingEvent,
  type SkipReason,
  skipReason,
} from "@/lib/webhooks/filters";

/** `reason` and `waits_for` in plain English, where the reader asked for them. */
type DecidedDelivery = Omit<EventDeliveryRow, "refusal"> & {
  reason?: string | null;
  waits_for?: string | null;
};

export type WebhookDecision = {
  webhook_id: number;
  webhook_name: string;
  decision: "sent" | "not_sent";
  reason_code?: SkipReason["code"] | "webhook_deleted";
  reason?: string;
  deliveries: Omit<DecidedDelivery, "webhook_id" | "webhook_name">[];
};

/** A decision with all that the panel needs to say in the reader's language why not, and whether it can be sent. */
export type ExplainedDecision = WebhookDecision & { skip: SkipReason | null; isWebhookDeleted: boolean };

type Input = { event: OrderEventDetailRow; deliveries: DecidedDelivery[]; revisions: RevisionRow[] };

/**
 * Why an order event did or did not go to each webhook there was when it was matched, from the configuration
 * of that moment (contract 3). A webhook that has a delivery of it, also a resend, counts as sent.
 */
export function webhookDecisions(input: Input): WebhookDecision[] {
  return explainDecisions(input).map(({ skip: _, isWebhookDeleted: __, ...decision }) => decision);
}

/** As `webhookDecisions`, with the reason in parts. */
export function explainDecisions({ event, deliveries, revisions }: Input): ExplainedDecision[] {
  const read = event.state === "accepted" ? readStoredOrderEvent(event) : null;
  const matching = read && matchingEvent(read);
  const decided = matching ? revisions.map((revision) => decide({ revision, matching, deliveries })) : [];
  const known = new Set(decided.map((decision) => decision.webhook_id));
  const resentToOthers = deliveries.filter((delivery) => !known.has(delivery.webhook_id));
  const others = [...new Map(resentToOthers.map((delivery) => [delivery.webhook_id, delivery.webhook_name]))];
  return [
    ...decided,
    ...others.map(([id, name]) => sent({ id, name, deliveries: deliveriesTo({ id, deliveries }) })),
  ];
}

function decide({
  revision,
  matching,
  deliveries,
}: {
  revision: RevisionRow;
  matching: MatchingEvent;
  deliveries: DecidedDelivery[];
}): ExplainedDecision {
  const config = revision.config as MatchingConfig;
  const { webhook_id: id } = revision;
  const own = deliveriesTo({ id, deliveries });
  if (own.length > 0) return sent({ id, name: config.name, deliveries: own });
  const skip = skipReason(config, matching);
  const none = {
    webhook_id: id,
    webhook_name: config.name,
    deliveries: [],
    skip,
    isWebhookDeleted: revision.is_deleted_since,
  };
  if (skip) return { ...none, decision: "not_sent", reason_code: skip.code, reason: describeSkip(skip) };
  if (!revision.is_deleted_since) return { ...none, decision: "sent" };
  const reason = "the webhook was deleted since, and its deliveries with it";
  return { ...none, decision: "sent", reason_code: "webhook_deleted", reason };
}

function sent({
  id,
  name,
  deliveries,
}: {
  id: number;
  name: string;
  deliveries: WebhookDecision["deliveries"];
}): ExplainedDecision {
  return {
    webhook_id: id,
    webhook_name: name,
    decision: "sent",
    deliveries,
    skip: null,
    isWebhookDeleted: false,
  };
}

function deliveriesTo({
  id,
  deliveries,
}: {
  id: number;
  deliveries: DecidedDelivery[];
}): WebhookDecision["deliveries"] {
  return deliveries
    .filter((delivery) => delivery.webhook_id === id)
    .map(({ webhook_id: _id, webhook_name: _name, ...delivery }) => delivery);
}
