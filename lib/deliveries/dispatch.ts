import { insertOrderEvents } from "@/db/queries/accept";
import {
  findOrderEvents,
  findPendingDeliveries,
  insertDeliveries,
  type NewDelivery,
} from "@/db/queries/dispatch";
import { createGroupCommit } from "@/lib/group-commit";
import { logger } from "@/lib/logger";
import { takeFreshOrderEvent } from "@/lib/orders/fresh-order-events";
import { type OrderEvent, prepareOrderEvent, readStoredOrderEvent } from "@/lib/orders/prepare-order-event";
import { buildPayload, type PayloadFormat } from "@/lib/payloads/build";
import { logProgress } from "@/lib/progress-log";
import { uuid7 } from "@/lib/uuid";
import { type CurrentWebhooks, currentWebhooks, matchingConfig } from "@/lib/webhooks/current";
import { type MatchingEvent, skipReason } from "@/lib/webhooks/filters";

export type StartedDelivery = { id: string; webhookId: number };

const MAX_BODY_LENGTH = 8 * 1024 * 1024;

/**
 * Matches one stored order event against every active webhook and stores a pending delivery, body built, for
 * each match. Returns the deliveries to start; run again it returns those that are still pending, and
 * matches nothing twice. Callers at the same time share one statement.
 */
export const dispatchOrderEvent: (eventId: string) => Promise<StartedDelivery[]> = createGroupCommit({
  maxItems: 200,
  flush: dispatchBatch,
});

/** Stores an order event that came through Inngest, unless its id is known; returns its id. */
export async function storeOrderEvent(raw: unknown): Promise<string> {
  const { row } = prepareOrderEvent(raw);
  await insertOrderEvents([row], null);
  return row.id;
}

async function dispatchBatch(eventIds: string[]): Promise<StartedDelivery[][]> {
  const { unmatched, matched } = await readEvents(eventIds);
  const started = new Map<string, StartedDelivery[]>();
  if (unmatched.length > 0) {
    const webhooks = await currentWebhooks();
    const deliveries = unmatched.flatMap((event) => matchEvent(event, webhooks));
    await insertDeliveries({
      deliveries,
      eventIds: unmatched.map((event) => event.id),
      revision: webhooks.revision,
    });
    collect(started, deliveries);
    for (const { id } of unmatched) logMatched({ eventId: id, deliveries: started.get(id) ?? [] });
  }
  if (matched.length > 0) collect(started, await findPendingDeliveries(matched));
  return eventIds.map((id) => started.get(id) ?? []);
}

function logMatched({ eventId, deliveries }: { eventId: string; deliveries: StartedDelivery[] }): void {
  logProgress("order event matched", () => ({
    eventId,
    deliveries: deliveries.map(({ id, webhookId }) => ({ deliveryId: id, webhookId })),
  }));
}

function collect(
  started: Map<string, StartedDelivery[]>,
  deliveries: Omit<NewDelivery, "reason" | "body" | "state">[],
) {
  for (const { id, event_id, webhook_id } of deliveries) {
    const ofEvent = started.get(event_id) ?? [];
    ofEvent.push({ id, webhookId: webhook_id });
    started.set(event_id, ofEvent);
  }
}

async function readEvents(eventIds: string[]): Promise<{ unmatched: OrderEvent[]; matched: string[] }> {
  const unmatched: OrderEvent[] = [];
  const toRead: string[] = [];
  for (const id of new Set(eventIds)) {
    const fresh = takeFreshOrderEvent(id);
    if (fresh) unmatched.push(fresh);
    else toRead.push(id);
  }
  if (toRead.length === 0) return { unmatched, matched: [] };
  const stored = await findOrderEvents(toRead);
  for (const row of stored) {
    if (row.matched_revision !== null) continue;
    const event = readStoredOrderEvent(row);
    if (event) unmatched.push(event);
    else logger.error({ eventId: row.id }, "a stored order event no longer fits the schema");
  }
  return { unmatched, matched: stored.filter((row) => row.matched_revision !== null).map((row) => row.id) };
}

function matchEvent(event: OrderEvent, { active }: CurrentWebhooks): NewDelivery[] {
  const matching = matchingEvent(event);
  return active
    .filter((webhook) => skipReason(matchingConfig(webhook), matching) === null)
    .map((webhook) => newDelivery({ event, webhook }));
}

export function matchingEvent(event: Pick<OrderEvent, "name" | "order">): MatchingEvent {
  return {
    name: event.name,
    organizationId: event.order.organization_id ?? null,
    orderType: event.order.order_type ?? null,
    status: event.order.status,
  };
}

/** A delivery of an event to a webhook in its present format; one whose body cannot be built fails alone. */
export function newDelivery({
  event,
  webhook,
}: {
  event: OrderEvent;
  webhook: CurrentWebhooks["active"][number];
}): NewDelivery {
  const id = uuid7();
  const delivery = { id, event_id: event.id, webhook_id: webhook.id };
  try {
    const body = buildPayload({
      format: webhook.payloadFormat as PayloadFormat,
      event,
      deliveryId: id,
      includeFields: webhook.includeFields,
      template: webhook.customPayloadTemplate,
    });
    if (body.length > MAX_BODY_LENGTH) {
      return {
        ...delivery,
        state: "failed",
        reason: "The payload is over 8 MiB; shorten its template.",
        body: "",
      };
    }
    return { ...delivery, state: "pending", reason: null, body };
  } catch (error) {
    logger.error({ err: error, eventId: event.id, webhookId: webhook.id }, "a payload could not be built");
    return {
      ...delivery,
      state: "failed",
      reason: "The payload could not be built from this order.",
      body: "",
    };
  }
}
