import { describe, expect, test } from "vitest";
import { normaliseOrganizationId } from "./organization-id";
import { normaliseOrderType, normaliseStatus, ORDER_STATUSES, ORDER_TYPES } from "./status";

describe("normaliseStatus", () => {
  test.each([
    ["UNCONFIRMED", "Unconfirmed"],
    ["WAIT_COOKING", "WaitCooking"],
    ["READY_FOR_COOKING", "ReadyForCooking"],
    ["COOKING_STARTED", "CookingStarted"],
    ["COOKING_COMPLETED", "CookingCompleted"],
    ["WAITING", "Waiting"],
    ["ON_WAY", "OnWay"],
    ["DELIVERED", "Delivered"],
    ["CLOSED", "Closed"],
    ["CANCELLED", "Cancelled"],
    ["onway", "OnWay"],
    ["ONWAY", "OnWay"],
    ["on_way", "OnWay"],
    ["Cooking Started", "CookingStarted"],
  ])("%s → %s", (soi, iiko) => {
    expect(normaliseStatus(soi)).toBe(iiko);
  });

  test.each([...ORDER_STATUSES, "PACKED", "Упакован", "__proto__", "constructor", ""])(
    "%s passes unchanged",
    (status) => {
      expect(normaliseStatus(status)).toBe(status);
    },
  );
});

describe("normaliseOrderType", () => {
  test.each([
    ["DeliveryByCourier", "DELIVERY"],
    ["DELIVERY_BY_COURIER", "DELIVERY"],
    ["delivery", "DELIVERY"],
    ["DeliveryByClient", "PICKUP"],
    ["DeliveryPickUp", "PICKUP"],
    ["pickup", "PICKUP"],
    ["PICK_UP", "PICKUP"],
    ["Common", "DINE_IN"],
    ["dine_in", "DINE_IN"],
    ["DineIn", "DINE_IN"],
  ])("%s → %s", (type, normalised) => {
    expect(normaliseOrderType(type)).toBe(normalised);
  });

  test.each([...ORDER_TYPES, "Catering", "__proto__", ""])("%s passes unchanged", (type) => {
    expect(normaliseOrderType(type)).toBe(type);
  });
});

test.each([
  ["550E8400-E29B-41D4-A716-446655440000", "550e8400-e29b-41d4-a716-446655440000"],
  ["{550e8400-e29b-41d4-a716-446655440000}", "550e8400-e29b-41d4-a716-446655440000"],
  ["550e8400e29b41d4a716446655440000", "550e8400-e29b-41d4-a716-446655440000"],
  ["Org-1", "Org-1"],
  ["550E8400-E29B-41D4-A716-44665544000", "550E8400-E29B-41D4-A716-44665544000"],
])("normaliseOrganizationId: %s → %s", (id, normalised) => {
  expect(normaliseOrganizationId(id)).toBe(normalised);
});
