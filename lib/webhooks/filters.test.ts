import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";
import { ORDER_STATUSES, ORDER_TYPES } from "@/lib/orders/status";
import { defaultOf, MATCHING_FIELDS, mapFields } from "./fields";
import { describeSkip, type MatchingConfig, type MatchingEvent, skipReason, tickOf } from "./filters";

const config: MatchingConfig = {
  ...mapFields(MATCHING_FIELDS, defaultOf as () => never),
  name: "CRM Sync",
};
const event: MatchingEvent = {
  name: "order.status_changed",
  organizationId: "org-1",
  orderType: "DELIVERY",
  status: "OnWay",
};

describe("skipReason", () => {
  test.each([
    ["all defaults", {}, {}, null],
    ["switched off", { is_active: false }, {}, "inactive"],
    ["cancelled is not ticked by default", {}, { name: "order.cancelled" }, "event_off"],
    ["cancelled ticked", { send_on_order_cancelled: true }, { name: "order.cancelled" }, null],
    ["created not ticked", { send_on_order_created: false }, { name: "order.created" }, "event_off"],
    [
      "an update is no status change",
      { send_on_order_status_changed: false },
      { name: "order.updated" },
      null,
    ],
    ["type in the filter", { filter_order_types: ["PICKUP", "DELIVERY"] }, {}, null],
    ["type not in the filter", { filter_order_types: ["PICKUP"] }, {}, "order_type_filter"],
    ["no type, filter set", { filter_order_types: ["DELIVERY"] }, { orderType: null }, "order_type_filter"],
    ["no type, filter empty", { filter_order_types: [] }, { orderType: null }, null],
    ["organization in the filter", { filter_organization_ids: ["org-1"] }, {}, null],
    ["organization not in it", { filter_organization_ids: ["org-2"] }, {}, "organization_filter"],
    ["status in the filter", { filter_statuses: ["OnWay"] }, {}, null],
    ["status in SOI's spelling", { filter_statuses: ["ON_WAY"] }, {}, null],
    ["status in another case", { filter_statuses: ["onway"] }, {}, null],
    ["an order's status in SOI's spelling", { filter_statuses: ["OnWay"] }, { status: "ON_WAY" }, null],
    ["an unknown status in another case", { filter_statuses: ["PACKED"] }, { status: "Packed" }, null],
    [
      "iiko's name of the type",
      { filter_order_types: ["DELIVERY"] },
      { orderType: "DeliveryByCourier" },
      null,
    ],
    ["a type in lower case", { filter_order_types: ["DELIVERY"] }, { orderType: "delivery" }, null],
    ["iiko's name in the filter", { filter_order_types: ["Common"] }, { orderType: "DINE_IN" }, null],
    [
      "both of iiko's names",
      { filter_order_types: ["DeliveryPickUp"] },
      { orderType: "DeliveryByClient" },
      null,
    ],
    [
      "iiko's name of another type",
      { filter_order_types: ["PICKUP"] },
      { orderType: "DeliveryByCourier" },
      "order_type_filter",
    ],
    [
      "a UUID in another case, in braces",
      { filter_organization_ids: ["{550E8400-E29B-41D4-A716-446655440000}"] },
      { organizationId: "550e8400-e29b-41d4-a716-446655440000" },
      null,
    ],
    ["no UUID in another case", { filter_organization_ids: ["ORG-1"] }, {}, "organization_filter"],
    [
      "no organization, filter set",
      { filter_organization_ids: ["org-1"] },
      { organizationId: null },
      "organization_filter",
    ],
    ["status not in the filter", { filter_statuses: ["Delivered", "Closed"] }, {}, "status_filter"],
    ["an unknown status", { filter_statuses: ["Teleported"] }, { status: "Teleported" }, null],
    [
      "all filters must hold",
      { filter_order_types: ["DELIVERY"], filter_statuses: ["Closed"] },
      {},
      "status_filter",
    ],
  ] as const)("%s", (_name, configPart, eventPart, code) => {
    const reason = skipReason({ ...config, ...configPart } as MatchingConfig, { ...event, ...eventPart });
    expect(reason?.code ?? null).toBe(code);
  });

  test("agrees with the rules written as one sentence", () => {
    const filter = (values: readonly string[]) =>
      fc.option(fc.array(fc.constantFrom(...values), { maxLength: 3 }), { nil: null });
    const configs = fc.record({
      name: fc.constant("w"),
      is_active: fc.boolean(),
      ...mapFields(ORDER_EVENT_NAMES.map(tickOf), () => fc.boolean()),
      filter_organization_ids: filter(["a", "b"]),
      filter_order_types: filter(ORDER_TYPES),
      filter_statuses: filter(ORDER_STATUSES),
    });
    const events = fc.record({
      name: fc.constantFrom(...ORDER_EVENT_NAMES),
      organizationId: fc.constantFrom("a", "b", "c", null),
      orderType: fc.constantFrom(...ORDER_TYPES, null),
      status: fc.constantFrom(...ORDER_STATUSES),
    });
    fc.assert(
      fc.property(configs, events, (c, e) => {
        const isTicked = c[`send_on_${e.name.replace(".", "_")}` as keyof typeof c] === true;
        const holds = (allowed: string[] | null, value: string | null) =>
          !allowed?.length || allowed.some((one) => one === value);
        const goes =
          c.is_active &&
          isTicked &&
          holds(c.filter_organization_ids, e.organizationId) &&
          holds(c.filter_order_types, e.orderType) &&
          holds(c.filter_statuses, e.status);
        expect(skipReason(c, e) === null).toBe(goes);
      }),
    );
  });
});

test("describeSkip names what the order had and what the filter allows", () => {
  const reason = skipReason(
    { ...config, filter_order_types: ["DELIVERY"] },
    { ...event, orderType: "PICKUP" },
  );
  expect(reason && describeSkip(reason)).toBe("order_type PICKUP, the filter lets through only DELIVERY");
});
