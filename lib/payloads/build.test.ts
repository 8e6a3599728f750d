import { describe, expect, test } from "vitest";
import type { Order } from "@/lib/orders/order";
import type { OrderEventName } from "@/lib/orders/order-event";
import { SAMPLE_EVENT, SAMPLE_ORDER } from "@/lib/orders/sample";
import { buildPayload, buildTestPayload, PAYLOAD_FORMATS } from "./build";
import { PayloadError } from "./payload-error";
import type { PayloadInput } from "./payload-input";

const deliveryId = "0190f5a2-6c1e-7b1a-9f63-3d8f1b2c4d5e";

/** The order behind the guide's examples. */
const guideOrder: Order = {
  id: 123,
  external_order_id: "20200831-515",
  iiko_order_id: "iiko-uuid",
  readable_number: "515",
  iiko_order_number: "51",
  organization_id: "org-uuid",
  restaurant_name: "Example",
  status: "CookingStarted",
  order_type: "DELIVERY",
  customer_name: "Петр Петров",
  customer_phone: "+79991234567",
  courier_id: "courier-uuid",
  courier_name: "Иван Иванов",
  total_amount: 152050,
  created_at: "2020-08-31T16:23:31+01:00",
  promised_time: "2020-08-31T18:08:31+01:00",
};

function inputFor(event: Partial<PayloadInput["event"]> = {}): PayloadInput {
  return { event: { name: "order.created", order: guideOrder, previousStatus: null, ...event }, deliveryId };
}

function orderOf(order: Partial<Order>): Order {
  return { id: 7, status: "OnWay", ...order };
}

const soi = (order: Order) => JSON.parse(buildPayload({ format: "iiko_soi", ...inputFor({ order }) }));
const cloud = (order: Order) => JSON.parse(buildPayload({ format: "iiko_cloud", ...inputFor({ order }) }));

describe("the guide's examples, key for key in the guide's order", () => {
  test("iiko_soi, with the errorInfo and problem that contract 2 adds", () => {
    expect(buildPayload({ format: "iiko_soi", ...inputFor() })).toBe(
      JSON.stringify({
        type: "CREATE",
        orderExternalId: "20200831-515",
        readableNumber: "515",
        creationStatus: "OK",
        errorInfo: null,
        transactionDetails: { correlationId: deliveryId, organizationId: "org-uuid" },
        iikoOrderDetails: {
          iikoOrderId: "iiko-uuid",
          iikoOrderNumber: "51",
          restaurantName: "Example",
          orderType: "DELIVERY",
          orderStatus: "CookingStarted",
          receivedAt: "2020-08-31T16:23:31+01:00",
          promisedTime: "2020-08-31T18:08:31+01:00",
          problem: null,
          orderAmount: 1520.5,
          courier: { id: "courier-uuid", name: "Иван Иванов" },
          customer: { name: "Петр Петров", phone: "+79991234567" },
        },
      }).replace("1520.5", "1520.50"),
    );
  });

  test("iiko_cloud, with the customer's address", () => {
    expect(buildPayload({ format: "iiko_cloud", ...inputFor() })).toBe(
      JSON.stringify({
        eventType: "DeliveryOrderUpdate",
        eventInfo: {
          id: "iiko-uuid",
          externalId: "20200831-515",
          organizationId: "org-uuid",
          status: "CookingStarted",
          sum: 1520.5,
          number: "515",
          orderType: "DELIVERY",
          createdAt: "2020-08-31T15:23:31Z",
          promisedTime: "2020-08-31T17:08:31Z",
          courier: { id: "courier-uuid", name: "Иван Иванов" },
          customer: { name: "Петр Петров", phone: "+79991234567", address: null },
        },
      }).replace("1520.5", "1520.50"),
    );
  });

  test("custom", () => {
    const input = inputFor({ name: "order.status_changed", previousStatus: "WaitCooking" });
    expect(buildPayload({ format: "custom", ...input })).toBe(
      JSON.stringify({
        event: "order.status_changed",
        order: {
          id: 123,
          external_id: "20200831-515",
          iiko_order_id: "iiko-uuid",
          status: "CookingStarted",
          previous_status: "WaitCooking",
          customer_name: "Петр Петров",
          customer_phone: "+79991234567",
          total_amount: 152050,
          courier_name: "Иван Иванов",
          order_type: "DELIVERY",
          restaurant_name: "Example",
          created_at: "2020-08-31T15:23:31Z",
          promised_time: "2020-08-31T17:08:31Z",
        },
      }),
    );
  });

  test("the test payload", () => {
    expect(
      buildTestPayload({ webhookName: "Your Webhook Name", now: new Date("2024-01-01T12:00:00Z") }),
    ).toBe(
      JSON.stringify({
        event: "test",
        message: "This is a test webhook from iiko-base",
        webhook_name: "Your Webhook Name",
        timestamp: "2024-01-01T12:00:00Z",
      }),
    );
  });
});

describe("iiko_soi", () => {
  test.each<[OrderEventName, string]>([
    ["order.created", "CREATE"],
    ["order.updated", "UPDATE"],
    ["order.status_changed", "UPDATE"],
    ["order.cancelled", "UPDATE"],
  ])("%s is %s", (name, type) => {
    expect(JSON.parse(buildPayload({ format: "iiko_soi", ...inputFor({ name }) })).type).toBe(type);
  });

  test("has null for all that the order lacks, and no courier, customer, items or previousStatus", () => {
    expect(soi({ id: 7, status: "OnWay" })).toEqual({
      type: "CREATE",
      orderExternalId: null,
      readableNumber: null,
      creationStatus: "OK",
      errorInfo: null,
      transactionDetails: { correlationId: deliveryId, organizationId: null },
      iikoOrderDetails: {
        iikoOrderId: null,
        iikoOrderNumber: null,
        restaurantName: null,
        orderType: null,
        orderStatus: "OnWay",
        receivedAt: null,
        promisedTime: null,
        problem: null,
        orderAmount: null,
      },
    });
  });

  test("carries creationStatus, errorInfo, problem and previousStatus where they are known", () => {
    const order = orderOf({
      creation_status: "Error",
      error_info: "нет связи",
      problem: "клиент не отвечает",
    });
    const body = JSON.parse(
      buildPayload({ format: "iiko_soi", ...inputFor({ order, previousStatus: "WaitCooking" }) }),
    );
    expect(body).toMatchObject({
      creationStatus: "Error",
      errorInfo: "нет связи",
      previousStatus: "WaitCooking",
      iikoOrderDetails: { problem: "клиент не отвечает" },
    });
  });

  test("keeps the offsets of both times and marks a time without one as UTC", () => {
    const order = orderOf({
      created_at: "2020-08-31T16:23:31.250000",
      promised_time: "2020-08-31T23:30:00-05:00",
    });
    expect(soi(order).iikoOrderDetails).toMatchObject({
      receivedAt: "2020-08-31T16:23:31.250000Z",
      promisedTime: "2020-08-31T23:30:00-05:00",
    });
    expect(soi(orderOf({ promised_time: "2020-08-31T16:23:31" })).iikoOrderDetails.promisedTime).toBe(
      "2020-08-31T16:23:31Z",
    );
    expect(cloud(order).eventInfo).toMatchObject({
      createdAt: "2020-08-31T16:23:31.250Z",
      promisedTime: "2020-09-01T04:30:00Z",
    });
  });

  test("lists the items with their modifiers, in roubles", () => {
    expect(soi(SAMPLE_ORDER).iikoOrderDetails.items).toEqual([
      {
        productId: "3f0d3c86-52a4-4d0e-9a5f-0c3f5c0c7a01",
        name: "Пицца «Маргарита», 35 см",
        amount: 2,
        price: 549,
        sum: 1098,
        modifiers: [
          {
            productId: "8b1e6f57-7a3d-4f1c-8d51-6a7f1c2e9b02",
            name: "Сырный борт",
            amount: 2,
            price: 49,
            sum: 98,
            modifiers: [],
          },
        ],
      },
      {
        productId: "a94f0c1b-3e2d-4b8a-bb6e-7c9d0e1f2a03",
        name: "Салат «Оливье», на вес",
        amount: 0.35,
        price: 640,
        sum: 224,
        modifiers: [],
      },
      {
        productId: "d2c7b9e0-5f46-4c1a-9e83-1b2a3c4d5e04",
        name: "Морс клюквенный, 0,5 л",
        amount: 1,
        price: 100.5,
        sum: 100.5,
        modifiers: [],
      },
    ]);
  });
});

describe.each(["iiko_soi", "iiko_cloud"] as const)(
  "%s writes money in roubles with two decimals",
  (format) => {
    const moneyOf = (order: Partial<Order>) =>
      [
        ...buildPayload({ format, ...inputFor({ order: orderOf(order) }) }).matchAll(
          /"(?:orderAmount|sum|price)":([^,}]+)/g,
        ),
      ].map(([, text]) => text);

    test.each([
      [152000, "1520.00"],
      [152050, "1520.50"],
      [152055, "1520.55"],
      [0, "0.00"],
      [-100, "-1.00"],
      [null, "null"],
    ])("%s", (total_amount, text) => {
      expect(moneyOf({ total_amount })).toEqual([text]);
    });

    test("in items and modifiers too", () => {
      const items = [{ price: 54900, sum: 109800, modifiers: [{ price: 0, sum: null }] }];
      const [, ...inItems] = moneyOf({ total_amount: 1, items });
      expect(inItems).toEqual(["549.00", "1098.00", "0.00", "null"]);
    });
  },
);

test.each(["iiko_soi", "iiko_cloud"] as const)("%s refuses more items than a body can hold", (format) => {
  const build = (items: Order["items"]) =>
    buildPayload({ format, ...inputFor({ order: orderOf({ items }) }) });
  expect(() => build(Array(100_000).fill({}))).toThrow(PayloadError);
  expect(() => build([{ modifiers: Array(100_000).fill({}) }])).toThrow(PayloadError);
  expect(JSON.parse(build(Array(10_000).fill({}))).type).not.toBeNull();
});

describe("courier and customer", () => {
  test.each<[string, Partial<Order>, unknown, unknown]>([
    ["none", {}, undefined, undefined],
    ["empty text is none", { courier_name: "", customer_name: "", customer_phone: "" }, undefined, undefined],
    ["a courier without a name", { courier_id: "c-1" }, { id: "c-1", name: null }, undefined],
    ["a customer without a name", { customer_phone: "+7999" }, undefined, { name: null, phone: "+7999" }],
  ])("%s", (_what, order, courier, customer) => {
    const details = soi(orderOf(order)).iikoOrderDetails;
    expect([details.courier, details.customer]).toEqual([courier, customer]);
  });

  test("an address alone makes a customer in iiko_cloud only", () => {
    const order = orderOf({ delivery_address: "Лесная, 5" });
    expect(soi(order).iikoOrderDetails.customer).toBeUndefined();
    expect(cloud(order).eventInfo.customer).toEqual({ name: null, phone: null, address: "Лесная, 5" });
  });
});

describe("custom", () => {
  test("include_fields narrows `order`, whatever their order", () => {
    const body = buildPayload({ format: "custom", ...inputFor(), includeFields: ["total_amount", "id"] });
    expect(body).toBe('{"event":"order.created","order":{"id":123,"total_amount":152050}}');
  });

  test("include_fields may add the three fields that the guide's form lacks", () => {
    const order = orderOf({
      delivery_address: "Лесная, 5",
      courier_id: "c-1",
      updated_at: "2020-08-31 16:23:31+03",
    });
    const includeFields = ["updated_at", "status", "courier_id", "delivery_address"];
    expect(
      JSON.parse(buildPayload({ format: "custom", ...inputFor({ order }), includeFields })).order,
    ).toEqual({
      status: "OnWay",
      delivery_address: "Лесная, 5",
      courier_id: "c-1",
      updated_at: "2020-08-31T13:23:31Z",
    });
  });

  test.each([[null], [[]], [undefined]])("include_fields %j keeps every field", (includeFields) => {
    const body = JSON.parse(buildPayload({ format: "custom", ...inputFor(), includeFields }));
    expect(Object.keys(body.order)).toHaveLength(13);
  });

  test.each([null, undefined, "", " \n"])("template %j means none", (template) => {
    const body = JSON.parse(buildPayload({ format: "custom", ...inputFor(), template }));
    expect(body.event).toBe("order.created");
  });

  test("a template takes the place of the flat form and include_fields", () => {
    const template = '{"text": "{{status}}"}';
    const input = { ...inputFor(), template, includeFields: ["id"] };
    expect(buildPayload({ format: "custom", ...input })).toBe('{"text":"CookingStarted"}');
    expect(JSON.parse(buildPayload({ format: "iiko_soi", ...input })).type).toBe("CREATE");
  });
});

test.each(PAYLOAD_FORMATS)("%s: the same delivery makes the same bytes", (format) => {
  const build = () => buildPayload({ format, event: structuredClone(SAMPLE_EVENT), deliveryId });
  expect(build()).toBe(build());
});
