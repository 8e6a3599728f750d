import { expect, test } from "vitest";
import { decideIikoMessage, type KnownOrder } from "./decide";
import { readIikoMessage } from "./read-message";
import { cloudMessage, sampleText } from "./testing/samples";

const NOTHING: KnownOrder = { order: null, changedMs: null };
const SECOND = 1000;

type Told = { order?: object; info?: object; at?: number };

function decide({ known, told }: { known: KnownOrder; told: Told | string }) {
  const text = typeof told === "string" ? told : messageText(told);
  return decideIikoMessage({ message: readIikoMessage({ text, defaultOffset: "+03:00" }), known });
}

function messageText({ order = {}, info = {}, at = 0 }: Told): string {
  return cloudMessage({ order, info: { timestamp: 1771072124731 + at * SECOND, ...info } });
}

const knownAs = (status: string) => decide({ known: NOTHING, told: { order: { status } } }).known;

test.each<[string, KnownOrder, Told, string]>([
  ["an unknown order", NOTHING, {}, "order.created"],
  ["an unknown order that is over", NOTHING, { order: { status: "Closed" } }, "order.updated"],
  ["an unknown order that is cancelled", NOTHING, { order: { status: "Cancelled" } }, "order.cancelled"],
  ["another status", knownAs("Waiting"), { at: 1 }, "order.status_changed Waiting"],
  ["a status from before", knownAs("Delivered"), { at: 1 }, "order.status_changed Delivered"],
  [
    "one that iiko may add",
    knownAs("Waiting"),
    { at: 1, order: { status: "Frozen" } },
    "order.status_changed Waiting",
  ],
  ["a cancellation", knownAs("OnWay"), { at: 1, order: { status: "Cancelled" } }, "order.cancelled OnWay"],
  ["a deletion", knownAs("OnWay"), { at: 1, order: { isDeleted: true } }, "order.cancelled OnWay"],
  ["another courier", knownAs("OnWay"), { at: 1, order: { courierInfo: null } }, "order.updated"],
  ["other content at the same moment", knownAs("OnWay"), { order: { sum: 1 } }, "order.updated"],
  ["nothing new", knownAs("OnWay"), { at: 1, order: { lockedAt: "2026-02-14 15:30:00.000" } }, "unchanged"],
  ["something older", knownAs("OnWay"), { at: -1, order: { status: "Waiting" } }, "older"],
  ["an order in the making", NOTHING, { info: { creationStatus: "InProgress", order: null } }, "no_order"],
])("%s", (_name, known, told, expected) => {
  const { outcome, prepared } = decide({ known, told });
  const { name, data } = prepared?.row ?? { name: "", data: "{}" };
  const { previous_status } = JSON.parse(data);
  const event = [name, previous_status].filter(Boolean).join(" ");
  expect(outcome === "event" ? event : outcome).toBe(expected);
});

test("an older message is kept as rejected, with the reason", () => {
  const { prepared, known } = decide({
    known: knownAs("OnWay"),
    told: { at: -1, order: { status: "Waiting" } },
  });
  expect(prepared?.row.state).toBe("rejected");
  expect(prepared?.row.refusals).toEqual([expect.objectContaining({ code: "order_older" })]);
  expect(known.order?.status).toBe("OnWay");
});

test("what changed nothing still tells how new the order is", () => {
  const { known } = decide({ known: knownAs("OnWay"), told: { at: 2 } });
  expect(decide({ known, told: { at: 1, order: { status: "Waiting" } } }).outcome).toBe("older");
});

test("a cancelled order that iiko has emptied keeps its sum and its items", () => {
  const emptied = { status: "Cancelled", sum: 0, items: [] };
  const { known } = decide({ known: knownAs("OnWay"), told: { at: 1, order: emptied } });
  expect(known.order).toMatchObject({ status: "Cancelled", total_amount: 142050 });
  expect(known.order?.items).toHaveLength(2);
});

test("an error is an update of an order that is known, else about none", () => {
  const error = sampleText("delivery-order-error.json").trim().slice(1, -1);
  expect(decide({ known: NOTHING, told: error }).outcome).toBe("no_order");
  const known = { ...knownAs("OnWay"), changedMs: null };
  const { prepared } = decide({ known, told: error });
  expect(prepared?.event).toMatchObject({
    name: "order.updated",
    order: { status: "OnWay", creation_status: "Error", total_amount: 142050 },
  });
});
