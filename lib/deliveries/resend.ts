import { db } from "@/db/client";
import { findWebhook } from "@/db/queries/current-webhooks";
import { findOrderEvents } from "@/db/queries/matching";
import { findAttemptOrigin, insertResends } from "@/db/queries/resends";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { readStoredOrderEvent } from "@/lib/orders/prepare-order-event";
import { refuse } from "@/lib/refusals/refuse";
import type { StartedDelivery } from "./match";
import { newDelivery } from "./new-delivery";

/**
 * Makes a new delivery of an attempt's order event to its webhook, in the webhook's present format and past
 * its filters; the caller starts it. Throws not_found, and conflict for a test or a webhook that is off.
 */
export async function resendAttempt({
  actor,
  logId,
}: {
  actor: Actor;
  logId: number;
}): Promise<StartedDelivery> {
  requireRole(actor, "manager");
  const origin = await findAttemptOrigin(logId);
  if (!origin) throw new AppError("not_found", refuse("no_attempt", { id: logId }));
  if (origin.event_id === null) {
    throw new AppError("conflict", refuse("was_a_test"));
  }
  const webhook = await sendableWebhook(origin.webhook_id);
  const [stored] = await findOrderEvents([origin.event_id]);
  const event = stored && readStoredOrderEvent(stored);
  if (!event) throw new AppError("conflict", refuse("event_not_kept", { id: origin.event_id }));
  const delivery = newDelivery({ event, webhook });
  await insertResends([delivery]);
  await recordAudit(db(), {
    actor,
    action: "delivery.resend",
    subject: { kind: "webhook", id: String(webhook.id), name: webhook.name },
  });
  return { id: delivery.id, webhookId: webhook.id };
}

/** The webhook if it may send. Throws not_found, or conflict when it is switched off. */
export async function sendableWebhook(webhookId: number) {
  const webhook = await findWebhook(webhookId);
  if (!webhook) throw new AppError("not_found", refuse("no_webhook", { id: webhookId }));
  if (!webhook.is_active) {
    throw new AppError("conflict", refuse("webhook_off", { name: webhook.name }));
  }
  return webhook;
}
