import { expect, test } from "vitest";
import type { Order } from "@/lib/orders/order";
import { SAMPLE_EVENT, SAMPLE_ORDER } from "@/lib/orders/sample";
import { buildPayload } from "./build";
import { stableUuid } from "./stable-uuid";
import { hasPyiikocloudapi, readWithPyiikocloudapi } from "./testing/pyiikocloudapi";

const deliveryId = "0190f5a2-6c1e-7b1a-9f63-3d8f1b2c4d5e";
const NIL = "00000000-0000-0000-0000-000000000000";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function text(order: Order): string {
  return buildPayload({ format: "iiko_cloud_native", event: { ...SAMPLE_EVENT, order }, deliveryId });
}

const native = (order: Order) => JSON.parse(text(order))[0];

test("the sample order as iiko Cloud would send it", () => {
  const [pizza, salad, drink] = SAMPLE_ORDER.items;
  const [edge] = pizza?.modifiers ?? [];
  const rest = { pricePredefined: false, status: "Added", type: "Product" };
  expect(JSON.parse(text(SAMPLE_ORDER))).toEqual([
    {
      eventType: "DeliveryOrderUpdate",
      eventTime: "2020-08-31 13:31:07.000",
      organizationId: SAMPLE_ORDER.organization_id,
      correlationId: deliveryId,
      eventInfo: {
        id: SAMPLE_ORDER.iiko_order_id,
        posId: null,
        externalNumber: "20200831-515",
        organizationId: SAMPLE_ORDER.organization_id,
        timestamp: Date.UTC(2020, 7, 31, 13, 31, 7),
        creationStatus: "Success",
        errorInfo: null,
        order: {
          customer: {
            type: "one-time",
            id: stableUuid("customer +79991234567"),
            name: "Петр Петров",
            gender: "NotSpecified",
          },
          phone: "+79991234567",
          deliveryPoint: {
            coordinates: null,
            address: { region: null, line1: SAMPLE_ORDER.delivery_address },
            externalCartographyId: null,
            comment: null,
          },
          status: "CookingStarted",
          cancelInfo: null,
          courierInfo: {
            courier: { id: SAMPLE_ORDER.courier_id, name: "Иван Иванов", phone: null },
            isCourierSelectedManually: false,
          },
          completeBefore: "2020-08-31 18:08:31.000",
          whenCreated: "2020-08-31 16:23:31.000",
          problem: null,
          cookingStartTime: "2020-08-31 16:23:31.000",
          isDeleted: false,
          sum: 1520.5,
          number: 515,
          guestsInfo: { count: 1, splitBetweenPersons: false },
          items: [
            {
              ...rest,
              product: { id: pizza?.product_id, name: pizza?.name },
              modifiers: [
                {
                  product: { id: edge?.product_id, name: edge?.name },
                  amount: 2,
                  amountIndependentOfParentAmount: true,
                  productGroup: { id: NIL, name: "" },
                  price: 49,
                  pricePredefined: false,
                  resultSum: 98,
                },
              ],
              ...{ price: 549, cost: 1098, resultSum: 1098, amount: 2 },
            },
            {
              ...rest,
              product: { id: salad?.product_id, name: salad?.name },
              ...{ modifiers: [], price: 640, cost: 224, resultSum: 224, amount: 0.35 },
            },
            {
              ...rest,
              product: { id: drink?.product_id, name: drink?.name },
              ...{ modifiers: [], price: 100.5, cost: 100.5, resultSum: 100.5, amount: 1 },
            },
          ],
          ...{ combos: [], payments: [], tips: [], discounts: [] },
          orderType: { id: NIL, name: "Доставка курьером", orderServiceType: "DeliveryByCourier" },
          terminalGroupId: NIL,
          processedPaymentsSum: null,
          loyaltyInfo: null,
        },
      },
    },
  ]);
});

test("an order of almost nothing has neutral values, and ids that stay the same", () => {
  const { eventInfo, eventTime } = native({ id: 7, status: "new" });
  expect(eventInfo.id).toMatch(UUID);
  expect(native({ id: 7, status: "OnWay" }).eventInfo.id).toBe(eventInfo.id);
  expect(native({ id: 8, status: "new" }).eventInfo.id).not.toBe(eventInfo.id);
  expect(eventTime).toMatch(/^2024-07-2\d \d\d:\d\d:\d\d\.\d{3}$/);
  expect(eventInfo).toMatchObject({ organizationId: NIL, externalNumber: null, creationStatus: "Success" });
  expect(eventInfo.order).toMatchObject({
    ...{ phone: "", customer: null, courierInfo: null, deliveryPoint: null, orderType: null, items: [] },
    ...{ number: 7, sum: 0, whenCreated: eventTime, completeBefore: eventTime },
  });
  expect(text({ id: 7, status: "new" })).toContain('"sum":0.00,');
});

test.each<[string, Partial<Order>, object]>([
  ["a number that is none", { readable_number: "A-515", id: 9 }, { number: 9 }],
  ["an id too large for iiko", { readable_number: "A-515", id: 4_294_967_296 }, { number: 0 }],
  [
    "a time in UTC",
    { created_at: "2020-08-31T13:23:31.123456Z" },
    { whenCreated: "2020-08-31 13:23:31.123" },
  ],
  [
    "iiko's own order type",
    { order_type: "DeliveryPickUp" },
    { orderType: { orderServiceType: "DeliveryByClient" } },
  ],
  ["a problem", { problem: "не отвечает" }, { problem: { hasProblem: true, description: "не отвечает" } }],
])("%s", (_what, order, expected) => {
  expect(native({ id: 7, status: "OnWay", ...order }).eventInfo.order).toMatchObject(expected);
});

test("modifiers of modifiers stand in a row", () => {
  const nested = { name: "a", modifiers: [{ name: "b", modifiers: [{ name: "c" }] }] };
  const { order } = native({ id: 7, status: "OnWay", items: [nested] }).eventInfo;
  const names = order.items[0].modifiers.map(({ product }: { product: { name: string } }) => product.name);
  expect(names).toEqual(["b", "c"]);
});

test("an order that could not be made is an error without an order", () => {
  const order = { id: 7, status: "Unconfirmed", creation_status: "Error", error_info: { code: "X" } };
  expect(native(order)).toMatchObject({
    eventType: "DeliveryOrderError",
    eventInfo: {
      creationStatus: "Error",
      errorInfo: { code: "Common", message: '{"code":"X"}' },
      order: null,
    },
  });
});

test.skipIf(!hasPyiikocloudapi)("pyiikocloudapi reads every body as an order", () => {
  const bodies = [
    text(SAMPLE_ORDER),
    text({ id: 7, status: "new" }),
    text({
      ...SAMPLE_ORDER,
      id: 9,
      readable_number: "A-515",
      order_type: null,
      items: null,
      customer_name: null,
    }),
    text({ id: 7, status: "OnWay", problem: "x", items: [{ modifiers: [{}] }], courier_name: "Иван" }),
    text({ id: 7, status: "Unconfirmed", creation_status: "Error", error_info: "нет блюда" }),
  ];
  expect(readWithPyiikocloudapi(bodies)).toEqual([
    ["DeliveryOrderUpdate", "EventInfo", 515, 1520.5],
    ["DeliveryOrderUpdate", "EventInfo", 7, 0],
    ["DeliveryOrderUpdate", "EventInfo", 9, 1520.5],
    ["DeliveryOrderUpdate", "EventInfo", 7, 0],
    ["DeliveryOrderError", "EventInfo", null, null],
  ]);
});
