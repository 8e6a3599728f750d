type Fields = Record<string, unknown>;

export type TestEvent = { id: string; name: string; data: { order: Fields; previous_status?: string } };

let counter = 0;

/** An order with every field of contract 1; `external_order_id` is new each time. */
export function makeOrder(fields: Fields = {}): Fields {
  counter += 1;
  return {
    id: 100 + counter,
    external_order_id: `e2e-${process.pid}-${counter}`,
    iiko_order_id: "7d8a2a3e-6b1c-4c58-9d0f-2f1f7f0f5b11",
    readable_number: "515",
    iiko_order_number: "51",
    organization_id: "550e8400-e29b-41d4-a716-446655440000",
    restaurant_name: "Ресторан №1",
    status: "CookingStarted",
    order_type: "DELIVERY",
    customer_name: "Петр Петров",
    customer_phone: "+79991234567",
    delivery_address: "Москва, Лесная, 5",
    courier_id: "c0a8f2d4-1f7e-4a53-8a2b-5d5b8e0f9c21",
    courier_name: "Иван Иванов",
    total_amount: 152050,
    created_at: "2020-08-31T16:23:31+01:00",
    promised_time: "2020-08-31T18:08:31+01:00",
    ...fields,
  };
}

type EventParts = { name?: string; order?: Fields; previousStatus?: string };

/** An order event with an id of its own. */
export function makeEvent({ name = "order.created", order, previousStatus }: EventParts = {}): TestEvent {
  const full = makeOrder(order);
  const data = previousStatus ? { order: full, previous_status: previousStatus } : { order: full };
  return { id: `event-${full.external_order_id}`, name, data };
}
