import { describe, expect, test } from "vitest";
import { normaliseStatus, ORDER_STATUSES } from "./status";

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
