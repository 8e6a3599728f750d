import { db } from "@/db/client";
import type { WebhookRow } from "@/db/queries/current-webhooks";
import type { NewDelivery } from "@/db/queries/matching";
import { insertResends, type Undelivered, undeliveredOfOrder } from "@/db/queries/resends";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { existingOrderEvent } from "@/lib/log/existing-order-event";
import { currentWebhooks } from "@/lib/webhooks/current";
import { takesOrders } from "@/lib/webhooks/held";
import type { StartedDelivery } from "./match";
import { newResends, recordResend } from "./resend";

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
  const { order_id: orderId, order_external_id: externalId } = await existingOrderEvent(eventId);
  const { byId } = await currentWebhooks();
  const resent: ResentOrder = { deliveries: [], off: 0 };
  let after: Undelivered | null = null;
  do {
    const page: Undelivered[] = await undeliveredOfOrder({ orderId, externalId, after, limit: PAGE_SIZE });
    after = page.length < PAGE_SIZE ? null : (page.at(-1) ?? null);
    const wanted = page.flatMap(({ event_id, webhook_id }) => {
      const webhook = byId.get(webhook_id);
      return webhook && takesOrders(webhook) ? [{ event_id, webhook }] : [];
    });
    resent.off += page.length - wanted.length;
    resent.deliveries.push(...(await resendAll({ actor, resends: await newResends(wanted), byId })));
  } while (after);
  return resent;
}

type Resends = { actor: Actor; resends: NewDelivery[]; byId: ReadonlyMap<number, WebhookRow> };

function resendAll({ actor, resends, byId }: Resends): Promise<StartedDelivery[]> {
  return db().transaction(async (tx) => {
    const ids = await insertResends(tx, resends);
    const made = resends.filter(({ id }) => ids.has(id));
    for (const { event_id: eventId, webhook_id } of made) {
      const webhook = byId.get(webhook_id);
      if (webhook) await recordResend(tx, { actor, eventId, webhook, wasMeant: true });
    }
    return made.map(({ id, webhook_id }) => ({ id, webhookId: webhook_id }));
  });
}
