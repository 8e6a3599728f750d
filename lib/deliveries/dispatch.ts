import { isDatabaseAway } from "@/db/faults";
import { insertOrderEvents } from "@/db/queries/accept";
import {
  findOrderEvents,
  findPendingDeliveries,
  insertDeliveries,
  type NewDelivery,
} from "@/db/queries/dispatch";
import { createGroupCommit } from "@/lib/group-commit";
import { logger } from "@/lib/logger";
import type { Match, StoredMatch } from "@/lib/orders/accept-order-events";
import { takeFreshOrderEvent } from "@/lib/orders/fresh-order-events";
import { type OrderEvent, prepareOrderEvent, readStoredOrderEvent } from "@/lib/orders/prepare-order-event";
import { buildPayload, type PayloadFormat } from "@/lib/payloads/build";
import { logProgress } from "@/lib/progress-log";
import { uuid7 } from "@/lib/uuid";
import { type CurrentWebhooks, currentWebhooks, matchingConfig } from "@/lib/webhooks/current";
import { matchingEvent, skipReason } from "@/lib/webhooks/filters";
import { rememberDeliveries } from "./fresh-deliveries";

export type StartedDelivery = { id: string; webhookId: number };

const MAX_BODY_LENGTH = 8 * 1024 * 1024;
const PART_DELIVERIES = 500;

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
  const events = [{ ...row, matched_revision: null }];
  await insertOrderEvents({ events, deliveries: [], batchId: row.id, start: null });
  return row.id;
}

/**
 * Matches the first of these order events, which are about to be stored with the deliveries: as many as bodies may be
 * built at once. Null when that fails for a reason of ours; then it is left to a run, which tries again.
 */
export async function matchBeforeStoring(events: OrderEvent[]): Promise<Match | null> {
  try {
    const webhooks = await currentWebhooks();
    const [first] = matchInParts({ events, webhooks });
    return first ? { ...first, revision: webhooks.revision } : null;
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    logger.error({ err: error }, "order events could not be matched at once; a run does it");
    return null;
  }
}

/** The deliveries to start of a match that was just stored. */
export async function storedDeliveries(match: StoredMatch): Promise<StartedDelivery[]> {
  return [...(await startedByEvent(match)).values()].flat();
}

async function dispatchBatch(eventIds: string[]): Promise<StartedDelivery[][]> {
  const { unmatched, matched } = await readEvents(eventIds);
  const started = new Map<string, StartedDelivery[]>();
  if (unmatched.length > 0) {
    const webhooks = await currentWebhooks();
    for (const part of matchInParts({ events: unmatched, webhooks })) {
      const match = { ...part, revision: webhooks.revision };
      const stored = await insertDeliveries({ ...match, eventIds: part.events.map(({ id }) => id) });
      const ofPart = await startedByEvent({ ...match, storedDeliveries: stored });
      for (const [id, ofEvent] of ofPart) started.set(id, ofEvent);
    }
  }
  if (matched.length > 0) collect(started, await findPendingDeliveries(matched));
  return eventIds.map((id) => started.get(id) ?? []);
}

async function startedByEvent(match: StoredMatch): Promise<Map<string, StartedDelivery[]>> {
  const { events, deliveries, revision } = match;
  const isWhole = match.storedDeliveries === deliveries.length;
  if (isWhole) rememberDeliveries({ events, deliveries, revision });
  const started = new Map<string, StartedDelivery[]>();
  // Else a process that died just now had matched some of them, or a webhook is gone: what is stored counts.
  collect(started, isWhole ? deliveries : await findPendingDeliveries(events.map(({ id }) => id)));
  for (const { id } of events) logMatched({ eventId: id, deliveries: started.get(id) ?? [] });
  return started;
}

type Part = Pick<Match, "events" | "deliveries">;

// An event can match any number of webhooks, and its bodies are built here: a part at a time bounds memory.
function* matchInParts(input: { events: OrderEvent[]; webhooks: CurrentWebhooks }): Generator<Part> {
  let part: Part = { events: [], deliveries: [] };
  for (const event of input.events) {
    part.events.push(event);
    part.deliveries.push(...matchEvent(event, input.webhooks));
    if (part.deliveries.length < PART_DELIVERIES) continue;
    yield part;
    part = { events: [], deliveries: [] };
  }
  if (part.events.length > 0) yield part;
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
      format: webhook.payload_format as PayloadFormat,
      event,
      deliveryId: id,
      includeFields: webhook.include_fields,
      template: webhook.custom_payload_template,
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
