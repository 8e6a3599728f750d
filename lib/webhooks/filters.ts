import type { Order } from "@/lib/orders/order";
import type { OrderEventName } from "@/lib/orders/order-event";
import { normaliseOrganizationId } from "@/lib/orders/organization-id";
import { normaliseOrderType, normaliseStatus } from "@/lib/orders/status";
import type { MATCHING_FIELDS } from "@/lib/webhooks/fields";
import type { WebhookView } from "@/lib/webhooks/view";

/** The part of a webhook that decides whether an order event goes to it; kept for every revision. */
export type MatchingConfig = Pick<WebhookView, (typeof MATCHING_FIELDS)[number]>;

export type MatchingEvent = {
  name: OrderEventName;
  organizationId: string | null;
  orderType: string | null;
  status: string;
};

/** Why an event does not go to a webhook. `value` is what the order had, `allowed` what the filter lets through. */
export type SkipReason =
  | { code: "inactive" }
  | { code: "event_off"; value: OrderEventName }
  | {
      code: "organization_filter" | "order_type_filter" | "status_filter";
      value: string | null;
      allowed: string[];
    };

type Tick<Name extends OrderEventName> = Name extends `order.${infer What}` ? `send_on_order_${What}` : never;

/** The tick box that an event answers to. */
export function tickOf<Name extends OrderEventName>(name: Name): Tick<Name> {
  return name.replace("order.", "send_on_order_") as Tick<Name>;
}

/**
 * Null when the event goes to the webhook, else the first reason that it does not. Each tick box answers to
 * exactly one event name; all filters that are set must hold; an empty one lets all through; a filter on a
 * field that the order lacks does not match (design, delivery rules). Values are compared by what they mean:
 * statuses and order types in iiko's and SOI's spellings and any case, organizations as UUIDs.
 */
export function skipReason(config: MatchingConfig, event: MatchingEvent): SkipReason | null {
  if (!config.is_active) return { code: "inactive" };
  if (!config[tickOf(event.name)]) return { code: "event_off", value: event.name };
  if (!passesOrganizations(config.filter_organization_ids, event.organizationId)) {
    return {
      code: "organization_filter",
      value: event.organizationId,
      allowed: config.filter_organization_ids ?? [],
    };
  }
  if (!passesOrderTypes(config.filter_order_types, event.orderType)) {
    return { code: "order_type_filter", value: event.orderType, allowed: config.filter_order_types ?? [] };
  }
  if (!passesStatuses(config.filter_statuses, event.status)) {
    return { code: "status_filter", value: event.status, allowed: config.filter_statuses ?? [] };
  }
  return null;
}

/** What of an order event decides about matching. */
export function matchingEvent({ name, order }: { name: OrderEventName; order: Order }): MatchingEvent {
  return {
    name,
    organizationId: order.organization_id ?? null,
    orderType: order.order_type ?? null,
    status: order.status,
  };
}

/** One plain English line for REST; the panel translates by code. */
export function describeSkip(reason: SkipReason): string {
  switch (reason.code) {
    case "inactive":
      return "the webhook was switched off";
    case "event_off":
      return `the event ${reason.value} is not ticked`;
    case "organization_filter":
      return describeFilter("organization_id", reason);
    case "order_type_filter":
      return describeFilter("order_type", reason);
    case "status_filter":
      return describeFilter("status", reason);
  }
}

function describeFilter(field: string, reason: { value: string | null; allowed: string[] }): string {
  const had = reason.value === null ? `the order has no ${field}` : `${field} ${reason.value}`;
  return `${had}, the filter lets through only ${reason.allowed.join(", ")}`;
}

const passesOrganizations = createPasses(normaliseOrganizationId);
const passesOrderTypes = createPasses((type) => normaliseOrderType(type).toLowerCase());
const passesStatuses = createPasses((status) => normaliseStatus(status).toLowerCase());

type Passes = (filter: string[] | null, value: string | null) => boolean;

// A webhook's filters are judged for every event: what they mean is worked out once for each list.
function createPasses(meaning: (text: string) => string): Passes {
  const known = new WeakMap<string[], Set<string>>();
  return (filter, value) => {
    if (!filter || filter.length === 0) return true;
    if (value === null) return false;
    const allowed = known.get(filter) ?? new Set(filter.map(meaning));
    known.set(filter, allowed);
    return allowed.has(meaning(value));
  };
}
