import { db } from "@/db/client";
import {
  insertIikoMessages,
  insertUnmatchedEvents,
  lockIikoMessages,
  type NewIikoMessage,
  selectKeptMessageIds,
  selectKnownOrders,
} from "@/db/queries/iiko-messages";
import type { NewOrderEvent } from "@/db/queries/intake";
import type { AcceptedEvent } from "@/lib/deliveries/match";
import { env } from "@/lib/env";
import { createGroupCommit } from "@/lib/group-commit";
import { inParts } from "@/lib/in-parts";
import { countOrderEvents } from "@/lib/metrics/order-event-counts";
import { decideIikoMessage, iikoEventId, type Outcome } from "@/lib/orders/iiko/decide";
import { type IikoMessage, readIikoMessage } from "@/lib/orders/iiko/read-message";
import type { PreparedOrderEvent } from "@/lib/orders/prepare-order-event";
import { createKnownOrders, type KnownOrders, knownOrderKeys } from "./known-orders";

/** `repeated` was kept before; `event` is one that is new and still to be matched. */
export type TakenMessage = {
  eventId: string | null;
  outcome: Outcome | "too_large" | "repeated";
  event: AcceptedEvent | null;
};

// As an order event may have.
const MAX_MESSAGE_BYTES = 3 * 1024 * 1024;
const BATCH_MESSAGES = 100;
const BATCH_LENGTH = 4 * 1024 * 1024;

/**
 * Keeps messages of iiko's, each valid JSON, and the order events that they are; answers after the commit. In the
 * order given, in one transaction for many. Throws the database's error when it is away; the same messages can be
 * sent again, which adds nothing.
 */
export function takeIikoMessages(texts: string[]): Promise<TakenMessage[]> {
  return Promise.all(texts.map(take));
}

/** The messages in parts that are taken one after another, so that few of many large ones are in memory at once. */
export function iikoMessageParts(texts: Iterable<string>): Generator<string[]> {
  return inParts({
    items: texts,
    maxItems: BATCH_MESSAGES,
    maxSize: BATCH_LENGTH,
    sizeOf: (text) => text.length,
  });
}

const take = createGroupCommit<string, TakenMessage>({
  maxItems: BATCH_MESSAGES,
  maxSize: BATCH_LENGTH,
  sizeOf: (text) => text.length,
  flush: takeBatch,
});

type Judged = { message: IikoMessage; outcome: TakenMessage["outcome"]; prepared: PreparedOrderEvent | null };

async function takeBatch(texts: string[]): Promise<TakenMessage[]> {
  const defaultOffset = env().IIKO_UTC_OFFSET;
  const messages = texts.map((text) => readIikoMessage({ text, defaultOffset }));
  const taken = await db().transaction(async (tx) => {
    await lockIikoMessages(tx);
    const kept = new Set(
      await selectKeptMessageIds(
        tx,
        messages.map(({ id }) => id),
      ),
    );
    const known = createKnownOrders(await selectKnownOrders(tx, knownOrderKeys(messages)));
    const judged = messages.map((message) => judge({ message, kept, known }));
    await insertIikoMessages(tx, judged.flatMap(toMessageRow));
    const stored = await insertUnmatchedEvents(tx, judged.flatMap(toEventRow));
    const places = new Map(stored.map((place) => [place.id, place]));
    return judged.map(({ message, outcome, prepared }) => {
      const eventId = iikoEventId(message.id);
      const place = places.get(eventId);
      const event =
        place && prepared?.event
          ? {
              ...prepared.event,
              seq: place.seq,
              event_time: place.event_time,
              length: prepared.row.data.length,
            }
          : null;
      return { eventId: prepared && eventId, outcome, event };
    });
  });
  const accepted = taken.filter(({ event }) => event !== null).length;
  countOrderEvents({ accepted, rejected: taken.filter(({ eventId }) => eventId !== null).length - accepted });
  return taken;
}

type Judge = { message: IikoMessage; kept: Set<string>; known: KnownOrders };

function judge({ message, kept, known }: Judge): Judged {
  if (kept.has(message.id)) return { message, outcome: "repeated", prepared: null };
  kept.add(message.id);
  if (Buffer.byteLength(message.text) > MAX_MESSAGE_BYTES)
    return { message, outcome: "too_large", prepared: null };
  const decision = decideIikoMessage({ message, known: known.of(message) });
  known.note(message, decision.known);
  return { message, outcome: decision.outcome, prepared: decision.prepared };
}

function toMessageRow({ message, outcome }: Judged): NewIikoMessage[] {
  if (outcome === "repeated") return [];
  const { id, kind, organizationId, iikoOrderId, changedMs, text } = message;
  const changedAt = changedMs === null ? null : new Date(changedMs);
  return [
    {
      id,
      kind,
      organization_id: organizationId,
      iiko_order_id: iikoOrderId,
      changed_at: changedAt,
      outcome,
      text,
    },
  ];
}

function toEventRow({ prepared }: Judged): NewOrderEvent[] {
  return prepared ? [{ ...prepared.row, matched_revision: null }] : [];
}
