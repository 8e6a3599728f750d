import { db } from "@/db/client";
import { findWebhook, type WebhookRow } from "@/db/queries/current-webhooks";
import { findOrderEvents } from "@/db/queries/matching";
import { selectOrderEvent } from "@/db/queries/order-events";
import { insertResends, type Undelivered, undeliveredOfOrder } from "@/db/queries/resends";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { readStoredOrderEvent } from "@/lib/orders/prepare-order-event";
import { refuse } from "@/lib/refusals/refuse";
import { takesOrders } from "@/lib/webhooks/held";
import type { StartedDelivery } from "./match";
import { newDelivery } from "./new-delivery";
import { recordResend } from "./resend";

const PAGE_SIZE = 200;

/** `off` counts what was left out because its webhook is switched off. */
export type ResentOrder = { deliveries: StartedDelivery[]; off: number };

/**
 * Makes a new delivery for every one of an event's order that failed or was cancelled and did not get through since,
 * oldest event first; the caller starts them. Throws not_found.
 */
export async function resendOrder({
  actor,
  eventId,
}: {
  actor: Actor;
  eventId: string;
}): Promise<ResentOrder> {
  requireRole(actor, "manager");
  const asked = await selectOrderEvent(eventId);
  if (!asked) throw new AppError("not_found", refuse("no_order_event", { id: eventId.slice(0, 200) }));
  const { order_id: orderId, order_external_id: externalId } = asked;
  const resent: ResentOrder = { deliveries: [], off: 0 };
  const webhooks = new Map<number, WebhookRow | null>();
  let after: Undelivered | null = null;
  do {
    const page: Undelivered[] = await undeliveredOfOrder({ orderId, externalId, after, limit: PAGE_SIZE });
    after = page.length < PAGE_SIZE ? null : (page.at(-1) ?? null);
    for (const { webhook_id: id } of page) if (!webhooks.has(id)) webhooks.set(id, await findWebhook(id));
    const wanted = page.filter(({ webhook_id: id }) => {
      const webhook = webhooks.get(id);
      return webhook && takesOrders(webhook);
    });
    resent.off += page.length - wanted.length;
    resent.deliveries.push(...(await resendAll({ actor, wanted, webhooks })));
  } while (after);
  return resent;
}

type Wanted = { actor: Actor; wanted: Undelivered[]; webhooks: Map<number, WebhookRow | null> };

async function resendAll({ actor, wanted, webhooks }: Wanted): Promise<StartedDelivery[]> {
  if (wanted.length === 0) return [];
  const stored = await findOrderEvents([...new Set(wanted.map(({ event_id }) => event_id))]);
  const events = new Map(stored.map((row) => [row.id, readStoredOrderEvent(row)]));
  const resends = wanted.flatMap(({ event_id, webhook_id }) => {
    const event = events.get(event_id);
    const webhook = webhooks.get(webhook_id);
    return event && webhook ? [newDelivery({ event, webhook })] : [];
  });
  return db().transaction(async (tx) => {
    const ids = await insertResends(tx, resends);
    const made = resends.filter(({ id }) => ids.has(id));
    for (const { event_id: eventId, webhook_id } of made) {
      const webhook = webhooks.get(webhook_id);
      if (webhook) await recordResend(tx, { actor, eventId, webhook, wasMeant: true });
    }
    return made.map(({ id, webhook_id }) => ({ id, webhookId: webhook_id }));
  });
}
