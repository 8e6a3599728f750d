import type { Db } from "@/db/client";
import type { WebhookRow } from "@/db/queries/current-webhooks";
import { findOrderEvents, type NewDelivery } from "@/db/queries/matching";
import { findAttemptOrigin, hasDelivery, insertResends } from "@/db/queries/resends";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { makeOnce } from "@/lib/make-once";
import { readStoredOrderEvent } from "@/lib/orders/prepare-order-event";
import { refuse } from "@/lib/refusals/refuse";
import { takesOrders } from "@/lib/webhooks/held";
import { existingWebhook, noSuchWebhook } from "@/lib/webhooks/one-webhook";
import { keptEvent } from "./kept-event";
import type { StartedDelivery } from "./match";
import { newDelivery } from "./new-delivery";

/**
 * Makes a new delivery of an attempt's order event to its webhook, as `resendEvent` does; the caller starts it. Throws
 * not_found, and conflict for a test or a webhook that is off.
 */
export async function resendAttempt({
  actor,
  logId,
  formKey,
}: {
  actor: Actor;
  logId: number;
  formKey?: string | undefined;
}): Promise<StartedDelivery> {
  requireRole(actor, "manager");
  const origin = await findAttemptOrigin(logId);
  if (!origin) throw new AppError("not_found", refuse("no_attempt", { id: logId }));
  if (origin.event_id === null) {
    throw new AppError("conflict", refuse("was_a_test"));
  }
  return resendEvent({ actor, eventId: origin.event_id, webhookId: origin.webhook_id, formKey });
}

/**
 * Makes a new delivery of an order event to a webhook as it is now, past its filters, also where the event was never
 * meant for it; the caller starts it. It goes at the end of its order's line. The same `formKey` again gets the
 * delivery that it made the first time. Throws not_found when the webhook was deleted, and conflict when it is off or
 * the event is not kept or not matched yet.
 */
export async function resendEvent(input: {
  actor: Actor;
  eventId: string;
  webhookId: number;
  formKey?: string | undefined;
}): Promise<StartedDelivery> {
  const { actor, eventId, webhookId, formKey } = input;
  requireRole(actor, "manager");
  const webhook = await sendableWebhook(webhookId);
  const event = await keptEvent(eventId);
  // It would go out twice.
  if (event.matched_revision === null) throw new AppError("conflict", refuse("event_not_matched"));
  const wasMeant = await hasDelivery({ eventId, webhookId });
  const make = async (tx: Db) => {
    const stored = await insertResends(tx, [newDelivery({ event, webhook })]);
    if (stored.size === 0) throw noSuchWebhook(webhookId);
    await recordResend(tx, { actor, eventId, webhook, wasMeant });
    return [...stored];
  };
  const { ids } = await makeOnce({ userId: actor.id, formKey, make });
  const [id] = ids;
  if (id === undefined) throw noSuchWebhook(webhookId);
  return { id, webhookId };
}

type Resend = { actor: Actor; eventId: string; webhook: { id: number; name: string }; wasMeant: boolean };

/** `wasMeant`: the event had a delivery to the webhook before. */
export async function recordResend(tx: Db, { actor, eventId, webhook, wasMeant }: Resend): Promise<void> {
  await recordAudit(tx, {
    actor,
    action: wasMeant ? "delivery.resend" : "delivery.send_anyway",
    subject: { kind: "webhook", id: String(webhook.id), name: webhook.name },
    changes: { event_id: { from: null, to: eventId } },
  });
}

/** The webhook if it may send, at once or at the end of a pause. Throws not_found, or conflict when it is off. */
export async function sendableWebhook(webhookId: number): Promise<WebhookRow> {
  const webhook = await existingWebhook(webhookId);
  if (!takesOrders(webhook)) {
    throw new AppError("conflict", refuse("webhook_off", { name: webhook.name }));
  }
  return webhook;
}

/** New deliveries of events that are kept, in the order given; without those of events that are kept no more. */
export async function newResends(
  wanted: { event_id: string; webhook: WebhookRow }[],
): Promise<NewDelivery[]> {
  const stored = await findOrderEvents([...new Set(wanted.map(({ event_id }) => event_id))]);
  const events = new Map(stored.map((row) => [row.id, readStoredOrderEvent(row)]));
  return wanted.flatMap(({ event_id, webhook }) => {
    const event = events.get(event_id);
    return event ? [newDelivery({ event, webhook })] : [];
  });
}
