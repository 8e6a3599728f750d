import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import type { Role } from "@/lib/auth/actor";
import { actorAs } from "@/lib/auth/testing/actor-as";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { recordAttempt } from "@/lib/deliveries/record-attempt";
import { recordedAttempt } from "@/lib/deliveries/testing/recorded-attempt";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { findOrders } from "./find-orders";
import { listAttempts } from "./list-attempts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  const webhook_id = await makeWebhook();
  const order = {
    external_order_id: "20261127-Friday-515",
    readable_number: "Z-515",
    customer_name: "Пётр Зуев",
    customer_phone: "+7 (999) 123-45-67",
    status: "OnWay",
  };
  await storeOrderEvent({ id: "a", name: "order.created", data: { order } });
  await storeOrderEvent({ id: "b", name: "order.created", data: { order: { id: 77_001, status: "OnWay" } } });
  const of = { webhook_id, delivery_id: null };
  await recordAttempt(recordedAttempt({ ...of, event_id: "a", order_external_id: order.external_order_id }));
  await recordAttempt(recordedAttempt({ ...of, event_id: "b", order_id: 77_001, order_external_id: null }));
  await recordAttempt(recordedAttempt({ ...of, event_id: "gone", order_external_id: "gone-with-its-event" }));
});
afterAll(() => database.close());

test.each<[string, string[], Role?]>([
  ["20261127-Friday-515", ["a"]],
  ["20261127-Fri", ["a"]],
  ["day-515", ["a"]],
  ["Z-515", ["a"]],
  ["8 999 123 45 67", ["a"]],
  ["Зуев", ["a"]],
  ["Зуев", [], "viewer"],
  ["77001", ["b"]],
  ["gone-with-its-event", ["gone"]],
  ["nobody-has-this", []],
])("the log finds by %s what the search of orders finds: %j", async (typed, events, role = "manager") => {
  const actor = actorAs(role);
  const orders = await findOrders({ actor, typed });
  const { items: attempts } = await listAttempts({ actor, filters: { limit: 10, orders } });
  expect(attempts.map(({ event_id: eventId }) => eventId)).toEqual(events);
});
