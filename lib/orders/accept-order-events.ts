import { insertOrderEvents, type StartRuns } from "@/db/queries/accept";
import { createGroupCommit } from "@/lib/group-commit";
import { rememberOrderEvent } from "./fresh-order-events";
import { type OrderEventRow, type PreparedOrderEvent, prepareOrderEvent } from "./prepare-order-event";

export type Acceptance = { id: string; isNew: boolean; rejectedBecause: string | null };

/**
 * Returns the intake's verb: it keeps order events durably, whatever they are, and answers after the commit.
 * `start` says where a run begins for each accepted one (embedded engine). A known id is not stored again.
 * Throws the database's error when it is away; nothing was accepted then.
 */
export function createOrderEventIntake(start: StartRuns | null): (raw: unknown[]) => Promise<Acceptance[]> {
  const store = createGroupCommit<PreparedOrderEvent[], Set<string>>({
    maxItems: 100,
    flush: async (requests) => {
      const stored = await insertOrderEvents(distinct(requests.flat()), start);
      return requests.map(() => stored);
    },
  });

  return async (raw) => {
    const prepared = raw.map(prepareOrderEvent);
    const stored = await store(prepared);
    return prepared.map(({ row, event }) => {
      // Of a repeated id only the first is new; taking it out of the set says so to the others.
      const isNew = stored.delete(row.id);
      if (isNew && event) rememberOrderEvent(event);
      return { id: row.id, isNew, rejectedBecause: row.state === "rejected" ? row.reason : null };
    });
  };
}

// One statement may touch a row once: the first of a repeated id counts, but an accepted one before a rejected one.
function distinct(events: PreparedOrderEvent[]): OrderEventRow[] {
  const byId = new Map<string, OrderEventRow>();
  for (const { row } of events) {
    const known = byId.get(row.id);
    if (!known || (known.state === "rejected" && row.state === "accepted")) byId.set(row.id, row);
  }
  return [...byId.values()];
}
