import { insertOrderEvents, type NewOrderEvent, type StartRuns } from "@/db/queries/accept";
import type { NewDelivery } from "@/db/queries/dispatch";
import type { NewRun } from "@/db/queries/runs";
import { createGroupCommit } from "@/lib/group-commit";
import { uuid7 } from "@/lib/uuid";
import {
  type OrderEvent,
  type OrderEventRow,
  type PreparedOrderEvent,
  prepareOrderEvent,
} from "./prepare-order-event";

export type Acceptance = { id: string; rejectedBecause: string | null };

/** What webhooks made of some order events, before these are stored. */
export type Match = { events: OrderEvent[]; deliveries: NewDelivery[]; revision: number };

/** A match as far as it was stored: `storedDeliveries` is short of a webhook's that was deleted meanwhile. */
export type StoredMatch = Match & { storedDeliveries: number };

export type StoredOrderEvents = {
  /** Of the events whose matching is left to a run. */
  runs: NewRun[];
  unmatched: OrderEvent[];
  /** Stored with their deliveries; null when there are none. */
  matched: StoredMatch | null;
};

type Options = {
  /** The runs that begin for accepted events (embedded engine). */
  start: StartRuns | null;
  /** Matches the first of these events, as many as it may; null when all are left to runs. */
  match?: (events: OrderEvent[]) => Promise<Match | null>;
  /** Told of what was committed. */
  onStored?: (stored: StoredOrderEvents) => void;
};

/**
 * Returns the intake's verb: it keeps order events durably, whatever they are, and answers after the commit.
 * A known id is not stored again. Throws the database's error when it is away; nothing was accepted then.
 */
export function createOrderEventIntake({
  start,
  match,
  onStored,
}: Options): (raw: unknown[]) => Promise<Acceptance[]> {
  const store = createGroupCommit<PreparedOrderEvent[], void>({
    maxItems: 100,
    flush: async (requests) => {
      const prepared = distinct(requests.flat());
      const accepted = prepared.flatMap(({ event }) => event ?? []);
      const matched = accepted.length > 0 && match ? await match(accepted) : null;
      const { ids, runs, storedDeliveries } = await insertOrderEvents({
        events: rowsOf({ prepared, matched }),
        deliveries: matched?.deliveries ?? [],
        batchId: uuid7(),
        start,
      });
      onStored?.(storedNow({ accepted, matched, ids: new Set(ids), runs, storedDeliveries }));
      return requests.map(() => undefined);
    },
  });

  return async (raw) => {
    const prepared = raw.map(prepareOrderEvent);
    await store(prepared);
    return prepared.map(({ row }) => ({
      id: row.id,
      rejectedBecause: row.state === "rejected" ? row.reason : null,
    }));
  };
}

function rowsOf(input: { prepared: PreparedOrderEvent[]; matched: Match | null }): NewOrderEvent[] {
  const matchedIds = new Set(input.matched?.events.map((event) => event.id));
  const revision = input.matched?.revision ?? null;
  return input.prepared.map(({ row }) => ({
    ...row,
    matched_revision: matchedIds.has(row.id) ? revision : null,
  }));
}

function storedNow(input: {
  accepted: OrderEvent[];
  matched: Match | null;
  ids: Set<string>;
  runs: NewRun[];
  storedDeliveries: number;
}): StoredOrderEvents {
  const { accepted, matched, ids, runs, storedDeliveries } = input;
  const isStored = (event: OrderEvent) => ids.has(event.id);
  if (!matched) return { runs, unmatched: accepted.filter(isStored), matched: null };
  return {
    runs,
    // What is matched are the first ones.
    unmatched: accepted.slice(matched.events.length).filter(isStored),
    matched: {
      events: matched.events.filter(isStored),
      deliveries: matched.deliveries.filter((delivery) => ids.has(delivery.event_id)),
      revision: matched.revision,
      storedDeliveries,
    },
  };
}

// One statement may touch a row once: the first of a repeated id counts, but an accepted one before a rejected one.
function distinct(events: PreparedOrderEvent[]): PreparedOrderEvent[] {
  const byId = new Map<string, PreparedOrderEvent>();
  for (const prepared of events) {
    const { id, state } = prepared.row;
    const known: OrderEventRow | undefined = byId.get(id)?.row;
    if (!known || (known.state === "rejected" && state === "accepted")) byId.set(id, prepared);
  }
  return [...byId.values()];
}
