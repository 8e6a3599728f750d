import { expect, test } from "vitest";
import { readIikoMessage } from "./read-message";
import { cloudMessage, sampleText } from "./testing/samples";

const read = (text: string) => readIikoMessage({ text, defaultOffset: "+03:00" });

test("an order of iiko Cloud, in contract 1's columns", () => {
  const message = read(cloudMessage());
  expect(message).toMatchObject({
    source: "iiko_cloud",
    kind: "DeliveryOrderUpdate",
    changedMs: 1771072124731,
    iikoOrderId: "4b9a7c52-1e0d-4f63-9a8b-7c25d1f0e836",
  });
  expect(message.order).toMatchObject({
    external_order_id: "site-20260214-0187",
    iiko_order_id: "4b9a7c52-1e0d-4f63-9a8b-7c25d1f0e836",
    readable_number: "187",
    organization_id: "6f1c2b7e-9d34-4a58-8c01-2e7f5a9b3d10",
    restaurant_name: "Пиццерия",
    status: "OnWay",
    order_type: "DELIVERY",
    creation_status: "OK",
    error_info: null,
    problem: null,
    customer_name: "Гость",
    customer_phone: "+70000000000",
    delivery_address: "Москва, Примерная, д. 5, подъезд 2, этаж 3, кв. 12",
    courier_id: "95d0f3a8-2b71-4c6e-8d49-e07a1b5c3f62",
    courier_name: "Курьер 1",
    total_amount: 142050,
    created_at: "2026-02-14T15:02:11.347+03:00",
    promised_time: "2026-02-14T16:00:00.000+03:00",
    updated_at: "2026-02-14T12:28:44.731Z",
    items: [
      { name: "Пицца «Маргарита», 35 см", amount: 2, price: 54900, sum: 109800, modifiers: [{ sum: 9800 }] },
      { name: "Морс клюквенный, 0,5 л", amount: 1, sum: 22450 },
    ],
  });
});

test.each([
  ["the server had it at once", { whenReceivedFromFront: "2026-02-14 10:02:13.066" }, "+05:00"],
  ["the server had it late", { whenReceivedFromFront: "2026-02-14 10:09:13.066" }, "+05:00"],
  ["neither time is told", { whenReceivedFromFront: null, whenReceivedByApi: null }, "+03:00"],
])("the clock of the place where %s", (_name, order, offset) => {
  const known = { whenReceivedByApi: "2026-02-14 10:02:09.902", ...order };
  expect(read(cloudMessage({ order: known })).order?.created_at).toBe(`2026-02-14T15:02:11.347${offset}`);
});

test.each([
  [1420.505, 142051],
  [19.99, 1999],
  [-0, 0],
  [1e300, null],
  ["12", null],
  [null, null],
])("a sum of %s roubles is %s kopecks", (sum, kopecks) => {
  expect(read(cloudMessage({ order: { sum } })).order?.total_amount).toBe(kopecks);
});

test.each([
  ["DeliveryByCourier", "DELIVERY"],
  ["DeliveryByClient", "PICKUP"],
  ["DeliveryPickUp", "PICKUP"],
  ["Common", "DINE_IN"],
  ["ByDrone", "ByDrone"],
])("orderServiceType %s is %s", (orderServiceType, type) => {
  expect(read(cloudMessage({ order: { orderType: { orderServiceType } } })).order?.order_type).toBe(type);
});

test.each([
  [
    "a street that iiko does not know",
    { address: { street: { name: "-----" } }, comment: "за рынком" },
    "за рынком",
  ],
  ["a whole line", { address: { line1: "Лесная, 5", house: "7" } }, "Лесная, 5"],
  ["pickup", null, null],
])("the address of %s", (_name, deliveryPoint, address) => {
  expect(read(cloudMessage({ order: { deliveryPoint } })).order?.delivery_address).toBe(address);
});

test("halves, services and what was deleted", () => {
  const product = (name: string) => ({ product: { id: name, name }, resultSum: 10 });
  const items = [
    { type: "Compound", amount: 1, primaryComponent: product("a"), secondaryComponent: product("b") },
    { type: "Service", service: { id: "s", name: "Доставка" }, cost: 99.9 },
    { type: "Product", ...product("c"), deleted: { deletionMethod: {} } },
  ];
  expect(read(cloudMessage({ order: { items } })).order?.items).toMatchObject([
    { name: "a", amount: 1, sum: 1000 },
    { name: "b", amount: 1, sum: 1000 },
    { name: "Доставка", sum: 9990 },
  ]);
});

test("an order that could not be made tells its error, and no more", () => {
  const { order, isPartial } = read(sampleText("delivery-order-error.json").trim().slice(1, -1));
  expect(isPartial).toBe(true);
  expect(order).toMatchObject({ external_order_id: "site-20260214-0188", creation_status: "Error" });
  expect(JSON.parse(String(order?.error_info))).toMatchObject({ code: "ProductNotFound" });
  expect(order).not.toHaveProperty("status");
});

test("SOI's update tells only what it has", () => {
  expect(read(sampleText("soi-update.json"))).toMatchObject({
    source: "iiko_soi",
    kind: "UPDATE",
    order: { external_order_id: "site-20260214-0187", status: "ON_WAY", total_amount: 142050 },
  });
  const short = { type: "UPDATE", orderExternalId: "x", iikoOrderDetails: { orderStatus: "CLOSED" } };
  expect(read(JSON.stringify(short)).order).toEqual({ external_order_id: "x", status: "CLOSED" });
});

test.each([
  ["StopListUpdate", { terminalGroupsStopListsUpdates: [{ id: "x", isFull: true }] }],
  ["PersonalShift", { id: "x", opened: true }],
  ["ReserveUpdate", { id: "x", reserve: { status: "New" } }],
])("%s is about no order", (eventType, eventInfo) => {
  expect(read(JSON.stringify({ eventType, eventInfo }))).toMatchObject({ kind: eventType, order: null });
});
