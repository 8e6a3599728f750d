import type { Order } from "./order";
import type { OrderEventName } from "./order-event";

/** A delivery order as iiko-base sends it; the panel's payload preview and the tests show it. */
export const SAMPLE_ORDER = {
  id: 123,
  external_order_id: "20200831-515",
  iiko_order_id: "7d8a2a3e-6b1c-4c58-9d0f-2f1f7f0f5b11",
  readable_number: "515",
  iiko_order_number: "51",
  organization_id: "550e8400-e29b-41d4-a716-446655440000",
  restaurant_name: "Ресторан №1",
  status: "CookingStarted",
  order_type: "DELIVERY",
  creation_status: "OK",
  error_info: null,
  problem: null,
  customer_name: "Петр Петров",
  customer_phone: "+79991234567",
  delivery_address: "Москва, ул. Лесная, д. 5, кв. 12, домофон «12К»",
  courier_id: "c0a8f2d4-1f7e-4a53-8a2b-5d5b8e0f9c21",
  courier_name: "Иван Иванов",
  total_amount: 152050,
  created_at: "2020-08-31T16:23:31+03:00",
  updated_at: "2020-08-31T16:31:07+03:00",
  promised_time: "2020-08-31T18:08:31+03:00",
  items: [
    {
      product_id: "3f0d3c86-52a4-4d0e-9a5f-0c3f5c0c7a01",
      name: "Пицца «Маргарита», 35 см",
      amount: 2,
      price: 54900,
      sum: 109800,
      modifiers: [
        {
          product_id: "8b1e6f57-7a3d-4f1c-8d51-6a7f1c2e9b02",
          name: "Сырный борт",
          amount: 2,
          price: 4900,
          sum: 9800,
          modifiers: [],
        },
      ],
    },
    {
      product_id: "a94f0c1b-3e2d-4b8a-bb6e-7c9d0e1f2a03",
      name: "Салат «Оливье», на вес",
      amount: 0.35,
      price: 64000,
      sum: 22400,
      modifiers: [],
    },
    {
      product_id: "d2c7b9e0-5f46-4c1a-9e83-1b2a3c4d5e04",
      name: "Морс клюквенный, 0,5 л",
      amount: 1,
      price: 10050,
      sum: 10050,
      modifiers: [],
    },
  ],
} satisfies Order;

/** The sample order's change of status, in the shape the payload builders take. */
export const SAMPLE_EVENT: { id: string; name: OrderEventName; order: Order; previousStatus: string } = {
  id: "iiko-order-123-7",
  name: "order.status_changed",
  order: SAMPLE_ORDER,
  previousStatus: "WaitCooking",
};
