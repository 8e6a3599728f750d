import { createHash } from "node:crypto";
import { isObject, type Loose, objectIn } from "@/lib/json-object";
import type { SentByIiko } from "@/lib/orders/iiko-message";
import { epochMs } from "@/lib/orders/time";
import { storableText } from "@/lib/text";
import { cloudOrder } from "./cloud-order";
import { textIn } from "./loose";
import { soiOrder } from "./soi-order";

/** iiko Cloud's `eventType`s (its OpenAPI, WebHookEventType), SOI's two, and whatever else may come. */
export const MESSAGE_KINDS = [
  "DeliveryOrderUpdate",
  "DeliveryOrderError",
  "TableOrderUpdate",
  "TableOrderError",
  "ReserveUpdate",
  "ReserveError",
  "StopListUpdate",
  "PersonalShift",
  "KitchenOrderUpdate",
  "NomenclatureUpdate",
  "BusinessHoursAndMappingUpdate",
  "CREATE",
  "UPDATE",
  "other",
] as const;

type MessageKind = (typeof MESSAGE_KINDS)[number];

/** A message of iiko's; `order` has contract 1's columns, as far as the message tells them. */
export type IikoMessage = {
  /** SHA-256 of its text: the same message twice is one. */
  id: string;
  text: string;
  source: SentByIiko["source"];
  kind: MessageKind;
  organizationId: string | null;
  iikoOrderId: string | null;
  externalId: string | null;
  /** When the order changed, by iiko's clock, in milliseconds since 1970. */
  changedMs: number | null;
  order: Loose | null;
  /** What is not told is as it was: SOI's updates are partial, and an error comes without the order. */
  isPartial: boolean;
};

const MAX_KEY_LENGTH = 400;

/** Reads a message of iiko's, whatever it is, from its JSON. `defaultOffset` is for times that tell none, `+03:00`. */
export function readIikoMessage({
  text,
  defaultOffset,
}: {
  text: string;
  defaultOffset: string;
}): IikoMessage {
  const id = createHash("sha256").update(text).digest("hex");
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) return { ...NOTHING, id, text };
  if (value.eventType !== undefined || isObject(value.eventInfo)) {
    return { id, text, ...readCloud({ value, defaultOffset }) };
  }
  return { id, text, ...readSoi(value) };
}

const NOTHING = {
  source: "iiko_cloud",
  kind: "other",
  organizationId: null,
  iikoOrderId: null,
  externalId: null,
  changedMs: null,
  order: null,
  isPartial: false,
} satisfies Omit<IikoMessage, "id" | "text">;

type Read = Omit<IikoMessage, "id" | "text">;

function readCloud({ value, defaultOffset }: { value: Loose; defaultOffset: string }): Read {
  const info = objectIn(value.eventInfo);
  const kind = kindOf(value.eventType ?? "DeliveryOrderUpdate");
  const organizationId =
    keyIn(info.organizationId)?.toLowerCase() ?? keyIn(value.organizationId)?.toLowerCase() ?? null;
  const iikoOrderId = keyIn(info.id)?.toLowerCase() ?? null;
  const externalId = keyIn(info.externalNumber) ?? iikoOrderId;
  const isAboutOrder = /^(Delivery|Table)Order/.test(kind) && externalId !== null;
  const changedMs = typeof info.timestamp === "number" ? epochMs(info.timestamp) : null;
  const ids = { external_order_id: externalId, iiko_order_id: iikoOrderId, organization_id: organizationId };
  return {
    ...NOTHING,
    kind,
    organizationId,
    iikoOrderId,
    externalId,
    changedMs,
    order: isAboutOrder ? cloudOrder({ info, kind, ids, changedMs, defaultOffset }) : null,
    isPartial: !isObject(info.order),
  };
}

function readSoi(value: Loose): Read {
  const details = objectIn(value.iikoOrderDetails);
  const iikoOrderId = keyIn(details.iikoOrderId ?? value.iikoOrderId)?.toLowerCase() ?? null;
  const externalId = keyIn(value.orderExternalId) ?? iikoOrderId;
  return {
    ...NOTHING,
    source: "iiko_soi",
    kind: kindOf(textIn(value.type)?.toUpperCase()),
    organizationId: keyIn(objectIn(value.transactionDetails).organizationId)?.toLowerCase() ?? null,
    iikoOrderId,
    externalId,
    order: externalId === null ? null : soiOrder({ value, externalId, iikoOrderId }),
    isPartial: true,
  };
}

function kindOf(type: unknown): MessageKind {
  return MESSAGE_KINDS.find((kind) => kind === type) ?? "other";
}

function keyIn(value: unknown): string | null {
  const text = textIn(value);
  return text && storableText(text.slice(0, MAX_KEY_LENGTH));
}
