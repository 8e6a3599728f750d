import { insertOrderEvents, type StartRuns } from "@/db/queries/accept";
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

type Options = {
  /** The runs that begin for accepted events (embedded engine). */
  start: StartRuns | null;
  /** Told of what was committed. */
  onStarted?: (started: { runs: NewRun[]; events: OrderEvent[] }) => void;
};

/**
 * Returns the intake's verb: it keeps order events durably, whatever they are, and answers after the commit.
 * A known id is not stored again. Throws the database's error when it is away; nothing was accepted then.
 */
export function createOrderEventIntake({
  start,
  onStarted,
}: Options): (raw: unknown[]) => Promise<Acceptance[]> {
  const store = createGroupCommit<PreparedOrderEvent[], void>({
    maxItems: 100,
    flush: async (requests) => {
      const prepared = distinct(requests.flat());
      const events = prepared.map(({ row }) => row);
      const { ids, runs } = await insertOrderEvents({ events, batchId: uuid7(), start });
      onStarted?.({ runs, events: acceptedEvents(prepared, new Set(ids)) });
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

function acceptedEvents(prepared: PreparedOrderEvent[], stored: Set<string>): OrderEvent[] {
  return prepared.flatMap(({ event }) => (event && stored.has(event.id) ? [event] : []));
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
