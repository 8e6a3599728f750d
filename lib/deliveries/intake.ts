import { insertOrderEvents, type NewOrderEvent, type StoredNow } from "@/db/queries/intake";
import { createGroupCommit } from "@/lib/group-commit";
import { inParts } from "@/lib/in-parts";
import { countOrderEvents } from "@/lib/metrics/order-event-counts";
import {
  type OrderEvent,
  type PreparedOrderEvent,
  prepareOrderEvent,
} from "@/lib/orders/prepare-order-event";
import { logProgress } from "@/lib/progress-log";
import { refusalsText } from "@/lib/refusals/refusal-text";
import { type AcceptedEvent, type Match, type StoredDeliveries, storedDeliveries } from "./match";

export type Acceptance = { id: string; rejectedBecause: string | null };

/** What was committed: accepted events that are still to be matched, and deliveries that were stored along. */
export type StoredEvents = { unmatched: AcceptedEvent[]; deliveries: StoredDeliveries };

type Options = {
  /** Matches the first of these events, as many as it may, so that they are stored with their deliveries. */
  match: (events: OrderEvent[]) => Promise<Match | null>;
  /** Told of what was committed. */
  onStored: (stored: StoredEvents) => void;
};

const PART_EVENTS = 500;
const PART_LENGTH = 4 * 1024 * 1024;
const MAX_LOGGED_IDS = 50;

/**
 * Returns the intake's verb: it keeps order events durably, whatever they are, and answers after the commit.
 * A known id is not stored again. Throws the database's error when it is away; then the first of many may have been
 * stored, and the same events can be sent again.
 */
export function createIntake({
  match,
  onStored,
}: Options): (raw: Iterable<unknown>) => Promise<Acceptance[]> {
  const store = createGroupCommit<PreparedOrderEvent[], void>({
    maxItems: 100,
    maxSize: PART_LENGTH,
    sizeOf: lengthOf,
    flush: async (requests) => {
      const taken = requests.flat();
      const prepared = distinct(taken);
      const accepted = prepared.flatMap(({ event }) => event ?? []);
      const matched = accepted.length > 0 ? await match(accepted) : null;
      const { stored, storedDeliveries: count } = await insertOrderEvents({
        events: rowsOf({ prepared, matched }),
        deliveries: matched?.deliveries ?? [],
      });
      noteTaken(taken);
      onStored(storedEvents({ prepared, matched, stored, count }));
      return requests.map(() => undefined);
    },
  });

  return async (raw) => {
    const acceptances: Acceptance[] = [];
    for (const part of parts(raw)) {
      await store(part);
      for (const { row } of part) {
        acceptances.push({ id: row.id, rejectedBecause: row.refusals && refusalsText(row.refusals) });
      }
    }
    return acceptances;
  };
}

/** Stores an order event that was sent to Inngest itself, unless its id is known; returns its id. */
export async function storeOrderEvent(raw: unknown): Promise<string> {
  const { row } = prepareOrderEvent(raw);
  await insertOrderEvents({ events: [{ ...row, matched_revision: null }], deliveries: [] });
  return row.id;
}

// A statement's rows are in memory several times over, here and in the database: that is what bounds a part.
function parts(raw: Iterable<unknown>): Generator<PreparedOrderEvent[]> {
  return inParts({
    items: prepareEach(raw),
    maxItems: PART_EVENTS,
    maxSize: PART_LENGTH,
    sizeOf: ({ row }) => row.data.length,
  });
}

function* prepareEach(raw: Iterable<unknown>): Generator<PreparedOrderEvent> {
  for (const one of raw) yield prepareOrderEvent(one);
}

// Before it is said what became of them: the log then tells an event's way in its order.
function noteTaken(taken: PreparedOrderEvent[]): void {
  const rejected = taken.filter(({ row }) => row.state === "rejected").length;
  countOrderEvents({ accepted: taken.length - rejected, rejected });
  logProgress("order events taken in", () => ({
    events: taken.length,
    rejected,
    eventIds: taken.slice(0, MAX_LOGGED_IDS).map(({ row }) => row.id),
  }));
}

function lengthOf(prepared: PreparedOrderEvent[]): number {
  return prepared.reduce((sum, { row }) => sum + row.data.length, 0);
}

function rowsOf(input: { prepared: PreparedOrderEvent[]; matched: Match | null }): NewOrderEvent[] {
  const matchedIds = new Set(input.matched?.events.map((event) => event.id));
  const revision = input.matched?.revision ?? null;
  return input.prepared.map(({ row }) => ({
    ...row,
    matched_revision: matchedIds.has(row.id) ? revision : null,
  }));
}

function storedEvents(input: {
  prepared: PreparedOrderEvent[];
  matched: Match | null;
  stored: StoredNow[];
  count: number;
}): StoredEvents {
  const { matched, count } = input;
  const preparedById = new Map(input.prepared.map((prepared) => [prepared.row.id, prepared]));
  const unmatched: AcceptedEvent[] = [];
  const matchedNow = new Map<string, AcceptedEvent>();
  for (const { id, seq, event_time, is_matched } of input.stored) {
    const { row, event } = preparedById.get(id) ?? {};
    if (!row || !event) continue;
    const accepted = { ...event, seq, event_time, length: row.data.length };
    if (is_matched) matchedNow.set(id, accepted);
    else unmatched.push(accepted);
  }
  if (!matched || matchedNow.size === 0) return { unmatched, deliveries: { fresh: [], unknownOf: [] } };
  const match = {
    ...matched,
    events: [...matchedNow.values()],
    deliveries: matched.deliveries.filter(({ event_id }) => matchedNow.has(event_id)),
  };
  return { unmatched, deliveries: storedDeliveries({ match, events: matchedNow, count }) };
}

// One statement may touch a row once: the first of a repeated id counts, but an accepted one before a rejected one.
function distinct(events: PreparedOrderEvent[]): PreparedOrderEvent[] {
  const byId = new Map<string, PreparedOrderEvent>();
  for (const prepared of events) {
    const { id, state } = prepared.row;
    const known = byId.get(id)?.row;
    if (!known || (known.state === "rejected" && state === "accepted")) byId.set(id, prepared);
  }
  return [...byId.values()];
}
