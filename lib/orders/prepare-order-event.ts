import type { OrderEventRow } from "@/db/queries/intake";
import { preview } from "@/lib/expected";
import { isObject, type Loose, objectIn } from "@/lib/json-object";
import { searchedName } from "@/lib/orders/searched-name";
import { mapRefusal } from "@/lib/refusals/map-refusal";
import { type Refusal, type RefusalParam, refuse } from "@/lib/refusals/refuse";
import { storableText } from "@/lib/text";
import { uuid7 } from "@/lib/uuid";
import type { SentByIiko } from "./iiko-message";
import { isNestedDeeperThan } from "./nesting";
import type { Order } from "./order";
import { type OrderEventName, parseOrderEvent } from "./order-event";
import { epochMs } from "./time";

/** An accepted order event, ready to be matched and built into payloads. */
export type OrderEvent = {
  id: string;
  name: OrderEventName;
  order: Order;
  previousStatus: string | null;
  /** What iiko itself sent, where the event was made of that. */
  iiko?: SentByIiko;
};

/** `event` is null where the row is rejected. */
export type PreparedOrderEvent = { row: OrderEventRow; event: OrderEvent | null };

const MAX_ID_LENGTH = 200;
const MAX_NAME_LENGTH = 200;

/**
 * Turns what came in into a row to keep. Never throws: an event that does not fit the schema becomes a
 * rejected row with the reason, and keeps all that was sent (contract 1).
 */
export function prepareOrderEvent(raw: unknown): PreparedOrderEvent {
  if (!isObject(raw)) {
    return rejected({ id: uuid7(), name: "", ts: null, raw, refusals: [refuse("event_not_object")] });
  }
  const { id: rawId, name: rawName, ts: rawTs, data } = raw;
  const name = typeof rawName === "string" ? storableText(rawName.slice(0, MAX_NAME_LENGTH)) : "";
  const id = eventId(rawId);
  const ts = eventTime(rawTs);
  if (!id.ok) return rejected({ id: uuid7(), name, ts: null, raw, refusals: [id.refusal] });
  if (!ts.ok) return rejected({ id: id.value, name, ts: null, raw, refusals: [ts.refusal] });
  const parsed = parseOrderEvent({ name: rawName, data });
  if (!parsed.ok) return rejected({ id: id.value, name, ts: ts.value, raw, refusals: parsed.refusals });
  const event = {
    id: id.value,
    name: parsed.name,
    order: parsed.order,
    previousStatus: parsed.previousStatus,
    ...(parsed.iiko && { iiko: parsed.iiko }),
  };
  const row: OrderEventRow = {
    id: id.value,
    name,
    ts: ts.value,
    data: JSON.stringify(data),
    state: "accepted",
    refusals: null,
    ...orderColumns(parsed.order),
  };
  return { row, event };
}

/** Reads a stored accepted row back. Null when it no longer fits, which only a changed schema could cause. */
export function readStoredOrderEvent(row: { id: string; name: string; data: string }): OrderEvent | null {
  const parsed = parseOrderEvent({ name: row.name, data: JSON.parse(row.data) });
  if (!parsed.ok) return null;
  const { name, order, previousStatus, iiko } = parsed;
  return { id: row.id, name, order, previousStatus, ...(iiko && { iiko }) };
}

type Rejection = { id: string; name: string; ts: string | null; raw: unknown; refusals: Refusal[] };

function rejected({ id, name, ts, raw, refusals }: Rejection): PreparedOrderEvent {
  const order = looseOrder(raw);
  const row: OrderEventRow = {
    id,
    name,
    ts,
    data: keepable(raw),
    state: "rejected",
    refusals: refusals.map((refusal) => mapRefusal(refusal, storableText)),
    order_id: Number.isSafeInteger(order.id) ? (order.id as number) : null,
    order_external_id: shortText(order.external_order_id),
    readable_number: shortText(order.readable_number),
    customer_phone: shortText(order.customer_phone),
    customer_name: shortName(order.customer_name),
    order_status: shortText(order.status),
  };
  return { row, event: null };
}

const MAX_NESTING = 200;

// Serialising recurses: what could exhaust the stack is not kept, and the reason says what was wrong with it.
function keepable(raw: unknown): string {
  if (isNestedDeeperThan({ value: raw, limit: MAX_NESTING })) return '"nested too deeply to be kept"';
  return JSON.stringify(raw) ?? "null";
}

/** What `order_events` and the log repeat of an order, for search. */
export function orderColumns(order: Order) {
  return {
    order_id: order.id ?? null,
    order_external_id: shortText(order.external_order_id),
    readable_number: shortText(order.readable_number),
    customer_phone: shortText(order.customer_phone),
    customer_name: shortName(order.customer_name),
    order_status: shortText(order.status),
  };
}

// The timeline of an order also shows its rejected events, as far as they name the order.
function looseOrder(raw: unknown): Loose {
  return objectIn(objectIn(objectIn(raw).data).order);
}

// These columns are indexed, and a btree entry is bounded.
const MAX_COLUMN_LENGTH = 400;

function shortText(value: unknown): string | null {
  return typeof value === "string" ? storableText(value.slice(0, MAX_COLUMN_LENGTH)) : null;
}

function shortName(value: unknown): string | null {
  const name = shortText(value);
  return name === null ? null : searchedName(name);
}

type Checked<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal };

function eventId(raw: unknown): Checked<string> {
  if (raw === undefined || raw === null || raw === "") return { ok: true, value: uuid7() };
  if (typeof raw === "number" && Number.isSafeInteger(raw)) return { ok: true, value: String(raw) };
  if (typeof raw !== "string") return notExpected({ place: "id", what: refuse("text"), got: typeof raw });
  if (raw.length > MAX_ID_LENGTH) {
    return notExpected({
      place: "id",
      what: refuse("characters_at_most", { max: MAX_ID_LENGTH }),
      got: raw.length,
    });
  }
  if (storableText(raw) !== raw) {
    return {
      ok: false,
      refusal: refuse("at_place", {
        place: "id",
        refusal: refuse("expected", { what: refuse("storable_text") }),
      }),
    };
  }
  return { ok: true, value: raw };
}

// A number in JSON, as Inngest's event API has it; when it cannot be when the event happened, it is left out.
function eventTime(raw: unknown): Checked<string | null> {
  if (raw === undefined || raw === null) return { ok: true, value: null };
  if (typeof raw !== "number") {
    return notExpected({ place: "ts", what: refuse("milliseconds"), got: preview(raw) });
  }
  const ms = epochMs(raw);
  return { ok: true, value: ms === null ? null : new Date(ms).toISOString() };
}

function notExpected({ place, what, got }: { place: string; what: Refusal; got: RefusalParam }) {
  return {
    ok: false as const,
    refusal: refuse("at_place", { place, refusal: refuse("expected_got", { what, got }) }),
  };
}
