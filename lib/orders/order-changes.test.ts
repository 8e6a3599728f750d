import { expect, test } from "vitest";
import { orderChanges } from "./order-changes";
import { SAMPLE_ORDER } from "./sample";

test("names each column that differs, but neither the status nor the time of the change", () => {
  const after = {
    ...SAMPLE_ORDER,
    status: "OnWay",
    updated_at: "2020-08-31T17:00:00+03:00",
    courier_name: null,
    total_amount: 1,
    items: [...SAMPLE_ORDER.items].reverse(),
  };
  expect(orderChanges({ before: SAMPLE_ORDER, after })).toEqual([
    { field: "courier_name", from: "Иван Иванов", to: null },
    { field: "total_amount", from: 152050, to: 1 },
    { field: "items", from: SAMPLE_ORDER.items, to: after.items },
  ]);
});

test("a column left out is as one that is null", () => {
  const { problem: _, ...before } = SAMPLE_ORDER;
  expect(orderChanges({ before, after: SAMPLE_ORDER })).toEqual([]);
});
