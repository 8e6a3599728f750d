import { makeEvent } from "./support/orders";
import { expect, type Json, test } from "./support/test";

const ITEMS = [
  {
    product_id: "p-1",
    name: "Пицца «Маргарита»",
    amount: 2,
    price: 54900,
    sum: 109800,
    modifiers: [{ product_id: "m-1", name: "Сырный борт", amount: 1, price: 4905, sum: 4905 }],
  },
];
const ITEMS_IN_ROUBLES = [
  {
    productId: "p-1",
    name: "Пицца «Маргарита»",
    amount: 2,
    price: 549,
    sum: 1098,
    modifiers: [
      { productId: "m-1", name: "Сырный борт", amount: 1, price: 49.05, sum: 49.05, modifiers: [] },
    ],
  },
];

test("iiko_soi is the guide's structure", async ({ addWebhook, send, receiver }) => {
  await addWebhook({ payload_format: "iiko_soi" });
  const event = makeEvent({ order: { items: ITEMS } });
  await send(event);
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request?.body ?? "")).toEqual({
    type: "CREATE",
    orderExternalId: event.data.order.external_order_id,
    readableNumber: "515",
    creationStatus: "OK",
    errorInfo: null,
    transactionDetails: {
      correlationId: request?.headers["webhook-id"],
      organizationId: "550e8400-e29b-41d4-a716-446655440000",
    },
    iikoOrderDetails: {
      iikoOrderId: "7d8a2a3e-6b1c-4c58-9d0f-2f1f7f0f5b11",
      iikoOrderNumber: "51",
      restaurantName: "Ресторан №1",
      orderType: "DELIVERY",
      orderStatus: "CookingStarted",
      receivedAt: "2020-08-31T16:23:31+01:00",
      promisedTime: "2020-08-31T18:08:31+01:00",
      problem: null,
      orderAmount: 1520.5,
      courier: { id: "c0a8f2d4-1f7e-4a53-8a2b-5d5b8e0f9c21", name: "Иван Иванов" },
      customer: { name: "Петр Петров", phone: "+79991234567" },
      items: ITEMS_IN_ROUBLES,
    },
  });
});

for (const format of ["iiko_soi", "iiko_cloud"]) {
  test(`${format} writes whole roubles with two decimals too`, async ({ addWebhook, send, receiver }) => {
    await addWebhook({ payload_format: format });
    await send(makeEvent({ order: { total_amount: 152000, items: ITEMS } }));
    const [request] = await receiver.waitFor(1);
    expect(request?.body).toMatch(/"(sum|orderAmount)":1520\.00,/);
    expect(request?.body).toContain('"price":549.00,"sum":1098.00');
  });
}

test("a time that cannot be read is left out, one in another spelling is put into ISO 8601", async ({
  addWebhook,
  send,
  receiver,
}) => {
  await addWebhook({ payload_format: "iiko_soi" });
  const order = {
    created_at: "вчера",
    promised_time: "2020-08-31 18:08:31.5+03",
    error_info: { code: "Common" },
  };
  await send(makeEvent({ order }));
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request?.body ?? "")).toMatchObject({
    errorInfo: { code: "Common" },
    iikoOrderDetails: { receivedAt: null, promisedTime: "2020-08-31T18:08:31.5+03:00" },
  });
});

test("iiko_soi says UPDATE and the previous status where nothing was created", async ({
  addWebhook,
  send,
  receiver,
}) => {
  await addWebhook({ payload_format: "iiko_soi" });
  await send(makeEvent({ name: "order.status_changed", previousStatus: "WAIT_COOKING" }));
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request?.body ?? "")).toMatchObject({ type: "UPDATE", previousStatus: "WaitCooking" });
});

test("iiko_cloud is the guide's structure, with times in UTC", async ({ addWebhook, send, receiver }) => {
  await addWebhook({ payload_format: "iiko_cloud" });
  const event = makeEvent({ order: { items: ITEMS } });
  await send(event);
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request?.body ?? "")).toEqual({
    eventType: "DeliveryOrderUpdate",
    eventInfo: {
      id: "7d8a2a3e-6b1c-4c58-9d0f-2f1f7f0f5b11",
      externalId: event.data.order.external_order_id,
      organizationId: "550e8400-e29b-41d4-a716-446655440000",
      status: "CookingStarted",
      sum: 1520.5,
      number: "515",
      orderType: "DELIVERY",
      createdAt: "2020-08-31T15:23:31Z",
      promisedTime: "2020-08-31T17:08:31Z",
      courier: { id: "c0a8f2d4-1f7e-4a53-8a2b-5d5b8e0f9c21", name: "Иван Иванов" },
      customer: { name: "Петр Петров", phone: "+79991234567", address: "Москва, Лесная, 5" },
      items: ITEMS_IN_ROUBLES,
    },
  });
});

test("iiko_cloud_native is iiko's array, with the clock of the place", async ({
  addWebhook,
  send,
  receiver,
}) => {
  await addWebhook({ payload_format: "iiko_cloud_native" });
  await send(makeEvent({ order: { items: ITEMS } }));
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request?.body ?? "")).toMatchObject([
    {
      eventType: "DeliveryOrderUpdate",
      correlationId: request?.headers["webhook-id"],
      eventInfo: {
        id: "7d8a2a3e-6b1c-4c58-9d0f-2f1f7f0f5b11",
        creationStatus: "Success",
        order: {
          status: "CookingStarted",
          whenCreated: "2020-08-31 16:23:31.000",
          orderType: { orderServiceType: "DeliveryByCourier" },
          items: [{ product: { name: "Пицца «Маргарита»" }, modifiers: [{ resultSum: 49.05 }] }],
        },
      },
    },
  ]);
  expect(request?.body).toContain('"sum":1520.50,');
});

test("custom is the guide's flat form, in kopecks", async ({ addWebhook, send, receiver }) => {
  await addWebhook({ payload_format: "custom" });
  const event = makeEvent({ name: "order.status_changed", previousStatus: "WaitCooking" });
  await send(event);
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request?.body ?? "")).toEqual({
    event: "order.status_changed",
    order: {
      id: event.data.order.id,
      external_id: event.data.order.external_order_id,
      iiko_order_id: "7d8a2a3e-6b1c-4c58-9d0f-2f1f7f0f5b11",
      status: "CookingStarted",
      previous_status: "WaitCooking",
      customer_name: "Петр Петров",
      customer_phone: "+79991234567",
      total_amount: 152050,
      courier_name: "Иван Иванов",
      order_type: "DELIVERY",
      restaurant_name: "Ресторан №1",
      created_at: "2020-08-31T15:23:31Z",
      promised_time: "2020-08-31T17:08:31Z",
    },
  });
});

test("include_fields adds to the custom form", async ({ addWebhook, send, receiver }) => {
  await addWebhook({
    payload_format: "custom",
    include_fields: ["delivery_address", "courier_id", "updated_at"],
  });
  await send(makeEvent({ order: { updated_at: "2020-08-31T16:31:07+01:00" } }));
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request?.body ?? "").order).toEqual({
    delivery_address: "Москва, Лесная, 5",
    courier_id: "c0a8f2d4-1f7e-4a53-8a2b-5d5b8e0f9c21",
    updated_at: "2020-08-31T15:31:07Z",
  });
});

test("include_fields narrows the custom form", async ({ addWebhook, send, receiver }) => {
  await addWebhook({ payload_format: "custom", include_fields: ["status", "total_amount"] });
  await send(makeEvent());
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request?.body ?? "")).toEqual({
    event: "order.created",
    order: { status: "CookingStarted", total_amount: 152050 },
  });
});

test("a template keeps its structure whatever the customer is called", async ({
  addWebhook,
  send,
  receiver,
}) => {
  const template = {
    text: "Заказ {{order.readable_number}}: {{status}}, {{customer_name}}",
    sum: "{{total_amount}}",
    lacking: "{{order.problem}}",
    kind: "{{event_type}}",
  };
  await addWebhook({ payload_format: "custom", custom_payload_template: JSON.stringify(template) });
  const customerName = 'О"Нил\\", "admin": true, "{{order.id}}';
  await send(makeEvent({ order: { customer_name: customerName } }));
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request?.body ?? "")).toEqual({
    text: `Заказ 515: CookingStarted, ${customerName}`,
    sum: 152050,
    lacking: null,
    kind: "order.created",
  });
});

test("a template has iiko-base's unquoted placeholders, loops, roubles and the clock of the place", async ({
  addWebhook,
  send,
  receiver,
}) => {
  const template =
    '{"id": {{order_id}}, "sum": {{ total_amount | roubles }}, "at": "{{ order.promised_time | local: "HH:mm" }}",' +
    ' "text": "{% for item in order.items %}{{ item.name }} × {{ item.amount }}; {% endfor %}"}';
  await addWebhook({ payload_format: "custom", custom_payload_template: template });
  const event = makeEvent({ order: { total_amount: 152000, items: ITEMS } });
  await send(event);
  const [request] = await receiver.waitFor(1);
  expect(request?.body).toBe(
    `{"id":${event.data.order.id},"sum":1520.00,"at":"18:08","text":"Пицца «Маргарита» × 2; "}`,
  );
});

test("a template that asks too much fails its delivery with a sentence and holds up no other", async ({
  addWebhook,
  send,
  receiver,
  api,
}) => {
  const loops = `${"{% for a in (1..9000) %}".repeat(3)}x${"{% endfor %}".repeat(3)}`;
  const hostile = await addWebhook({
    payload_format: "custom",
    custom_payload_template: JSON.stringify(loops),
  });
  await addWebhook({ payload_format: "custom" });
  const event = makeEvent();
  await send(event);
  await receiver.waitFor(1);
  const decision = async () => {
    const { decisions = [] } = (await api.get(`/order-events/${event.id}`)).body as { decisions?: Json[] };
    return JSON.stringify(decisions.find(({ webhook_id }) => webhook_id === hostile.id) ?? null);
  };
  await expect.poll(decision).toContain("too much work");
});

test("what the order lacks is null, and no courier or customer is invented", async ({
  addWebhook,
  send,
  receiver,
}) => {
  await addWebhook({ payload_format: "iiko_cloud" });
  await send({ name: "order.created", data: { order: { id: 7, status: "Что-то новое" } } });
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request?.body ?? "")).toEqual({
    eventType: "DeliveryOrderUpdate",
    eventInfo: {
      id: null,
      externalId: null,
      organizationId: null,
      status: "Что-то новое",
      sum: null,
      number: null,
      orderType: null,
      createdAt: null,
      promisedTime: null,
    },
  });
});
