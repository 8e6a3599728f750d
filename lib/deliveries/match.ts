import { isDatabaseAway } from "@/db/faults";
import type { DeliveryRow } from "@/db/queries/attempts";
import {
  findPendingOf,
  findUnmatchedOfOrder,
  insertDeliveries,
  type NewDelivery,
  rejectOrderEvents,
  type StoredOrderEvent,
} from "@/db/queries/matching";
import { logger } from "@/lib/logger";
import { type OrderEvent, orderColumns, readStoredOrderEvent } from "@/lib/orders/prepare-order-event";
import { logProgress } from "@/lib/progress-log";
import { type Refusal, refuse } from "@/lib/refusals/refuse";
import { messageOf, storableText } from "@/lib/text";
import { type CurrentWebhooks, currentWebhooks } from "@/lib/webhooks/current";
import { matchingEvent, skipReason } from "@/lib/webhooks/filters";
import { lineOf } from "./line";
import { newDelivery } from "./new-delivery";

/**
 * An order event that is kept: its place among all that were accepted, when it happened (ISO 8601, UTC), and how many
 * characters its data has.
 */
export type AcceptedEvent = OrderEvent & { seq: number; event_time: string; length: number };

export type StartedDelivery = { id: string; webhookId: number };

/** What webhooks made of some order events: of `events` all deliveries are among `deliveries`. */
export type Match = {
  events: OrderEvent[];
  deliveries: NewDelivery[];
  revision: number;
  /** The webhooks that do not care for the order of events. */
  unordered: ReadonlySet<number>;
};

/** A delivery as it was stored under `revision`: until a webhook changes it can be sent without reading it again. */
export type FreshDelivery = LoadedDelivery & { position: number; line: string };

/** A delivery as it was read or stored under `revision`. */
export type LoadedDelivery = { delivery: DeliveryRow; revision: number };

/** Deliveries that were stored; `unknownOf` names webhooks of which only the database knows which ones. */
export type StoredDeliveries = { fresh: FreshDelivery[]; unknownOf: number[] };

// A part's bodies are all in memory, and an event can match any number of webhooks.
const PART_DELIVERIES = 1000;
const PART_LENGTH = 4 * 1024 * 1024;

/**
 * Matches events that are about to be stored with their deliveries: the first ones, as many as one statement may
 * take. Null when that fails for a reason of ours; then they are stored unmatched, and the matcher tries again.
 */
export async function matchBeforeStoring(events: OrderEvent[]): Promise<Match | null> {
  try {
    const webhooks = await currentWebhooks();
    const [first] = matchInParts({ events, webhooks });
    if (!first || first.events.length === 0) return null;
    const ids = new Set(first.events.map(({ id }) => id));
    return { ...first, deliveries: first.deliveries.filter(({ event_id }) => ids.has(event_id)) };
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    logger.error({ err: error }, "order events could not be matched at once; the matcher tries again");
    return null;
  }
}

/**
 * Matches stored events against every active webhook and stores a pending delivery, body built, for each match;
 * matching again adds nothing. `onStored` is told of each part as soon as it is committed.
 */
export async function matchStored(input: {
  events: AcceptedEvent[];
  onStored: (stored: StoredDeliveries) => void;
}): Promise<void> {
  const byId = new Map(input.events.map((event) => [event.id, event]));
  const webhooks = await currentWebhooks();
  const store = async (part: Match) => {
    const deliveries = part.deliveries.map((delivery) => ({
      ...delivery,
      position: byId.get(delivery.event_id)?.seq ?? null,
    }));
    const matchedIds = part.events.map(({ id }) => id);
    const count = await insertDeliveries({ deliveries, matchedIds, revision: part.revision });
    input.onStored(storedDeliveries({ match: { ...part, deliveries }, events: byId, count }));
  };
  // The next part is built while the database stores this one.
  let storing = Promise.resolve();
  for (const part of matchInParts({ events: input.events, webhooks })) {
    await storing;
    storing = store(part);
  }
  await storing;
}

/**
 * Matches one stored event unless that was done, after the earlier ones of its order, and returns the deliveries
 * that are pending.
 */
export async function matchOrderEvent(eventId: string): Promise<StartedDelivery[]> {
  const rows = await findUnmatchedOfOrder(eventId);
  const events = await readAcceptedEvents(rows);
  if (events.length > 0) await matchStored({ events, onStored: () => {} });
  const pending = await findPendingOf([...new Set([eventId, ...events.map(({ id }) => id)])]);
  return pending.map(({ id, webhook_id }) => ({ id, webhookId: webhook_id }));
}

/** Reads accepted events back. What no longer fits, which only a changed schema could cause, becomes rejected. */
export async function readAcceptedEvents(rows: StoredOrderEvent[]): Promise<AcceptedEvent[]> {
  const read = rows.map((row) => ({ row, event: readStoredOrderEvent(row) }));
  const misfits = read.filter(({ event }) => event === null).map(({ row }) => row.id);
  if (misfits.length > 0) await reject({ ids: misfits, refusal: refuse("no_longer_fits") });
  return read.flatMap(({ row, event }) =>
    event ? [{ ...event, seq: row.seq, event_time: row.event_time, length: row.data.length }] : [],
  );
}

/** Gives up an event that could not be matched for a fault of the product's own. */
export function rejectUnmatchable({ id, error }: { id: string; error: unknown }): Promise<void> {
  const said = storableText(messageOf(error));
  return reject({ ids: [id], refusal: refuse("not_matched", { said }) });
}

async function reject(rejection: { ids: string[]; refusal: Refusal }): Promise<void> {
  logger.error(rejection, "order events were rejected");
  await rejectOrderEvents(rejection);
}

/** What a sender needs of a match of which `count` deliveries were stored. */
export function storedDeliveries(input: {
  match: Match;
  events: Map<string, AcceptedEvent>;
  count: number;
}): StoredDeliveries {
  const { match, events, count } = input;
  for (const { id } of match.events) logMatched({ eventId: id, deliveries: match.deliveries });
  if (count < match.deliveries.length) {
    // A webhook is gone, or a process that died just now had stored some of them.
    return { fresh: [], unknownOf: [...new Set(match.deliveries.map(({ webhook_id }) => webhook_id))] };
  }
  const storedAt = new Date().toISOString();
  const fresh = match.deliveries.flatMap((delivery) => {
    const event = events.get(delivery.event_id);
    return event && delivery.state === "pending" ? freshDelivery({ delivery, event, match, storedAt }) : [];
  });
  return { fresh, unknownOf: [] };
}

// An event may match very many webhooks: a part may hold some of an event's deliveries and the next one the others.
function* matchInParts(input: { events: OrderEvent[]; webhooks: CurrentWebhooks }): Generator<Match> {
  const { revision, active } = input.webhooks;
  const unordered = new Set(active.filter(({ ordered }) => !ordered).map(({ id }) => id));
  const newPart = (): Match => ({ events: [], deliveries: [], revision, unordered });
  let part = newPart();
  let length = 0;
  for (const event of input.events) {
    const matching = matchingEvent(event);
    for (const webhook of active) {
      if (skipReason(webhook, matching) !== null) continue;
      const delivery = newDelivery({ event, webhook });
      if (part.deliveries.length === PART_DELIVERIES || length + delivery.body.length > PART_LENGTH) {
        yield part;
        part = newPart();
        length = 0;
      }
      part.deliveries.push(delivery);
      length += delivery.body.length;
    }
    part.events.push(event);
  }
  if (part.events.length > 0) yield part;
}

function freshDelivery(input: {
  delivery: NewDelivery;
  event: AcceptedEvent;
  match: Match;
  storedAt: string;
}): FreshDelivery {
  const { delivery, event, match, storedAt } = input;
  const { order_id, order_external_id } = orderColumns(event.order);
  return {
    delivery: {
      id: delivery.id,
      event_id: event.id,
      webhook_id: delivery.webhook_id,
      state: delivery.state,
      body: delivery.body,
      created_at: storedAt,
      attempts: 0,
      failures: 0,
      next_attempt_at: null,
      event_name: event.name,
      event_time: event.event_time,
      order_id,
      order_external_id,
    },
    position: event.seq,
    line: lineOf({
      id: delivery.id,
      ordered: !match.unordered.has(delivery.webhook_id),
      order_id,
      order_external_id,
    }),
    revision: match.revision,
  };
}

function logMatched({ eventId, deliveries }: { eventId: string; deliveries: NewDelivery[] }): void {
  logProgress("order event matched", () => ({
    eventId,
    deliveries: deliveries
      .filter(({ event_id, state }) => event_id === eventId && state === "pending")
      .map(({ id, webhook_id }) => ({ deliveryId: id, webhookId: webhook_id })),
  }));
}
