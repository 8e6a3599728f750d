import type { OrderEventName } from "@/lib/orders/order-event";
import { cloudSendings } from "./iiko-cloud";
import type { Recipient } from "./webhooks";

export type DemoOrder = Record<string, unknown> & { readable_number: string; status?: string };

export type DemoEvent = {
  id: string;
  name: OrderEventName;
  ts: number;
  data: { order: DemoOrder; previous_status?: string };
};

/** `iikoText` is what iiko Cloud itself sends of it. `to` is who must get it, worked out by hand from the guide's examples: the demo compares with it. */
export type Sending = { event: DemoEvent; to: Recipient[]; note?: string; iikoText?: string };

/** What goes out in one POST; several events go as an array. */
export type Step = { via: "intake" | "rest" | "iiko"; sendings: Sending[] };

type Change = {
  name: OrderEventName;
  status: string;
  to: Recipient[];
  also?: Record<string, unknown>;
};

const created = (to: Recipient[]): Change => ({ name: "order.created", status: "Unconfirmed", to });
const becomes = (status: string, to: Recipient[], also?: Record<string, unknown>): Change => ({
  name: "order.status_changed",
  status,
  to,
  ...(also ? { also } : {}),
});

/** Orders of one evening, each through its whole life; `now` is when the first one was made. */
export function ordersOfTheEvening(now: Date): Step[] {
  const run = now.getTime().toString(36);
  const delivery = lifeOf({
    run,
    order: deliveryOrder(now),
    changes: [
      created(["senler", "crm"]),
      becomes("WaitCooking", ["senler", "crm"]),
      becomes("CookingStarted", ["senler", "crm"]),
      becomes("CookingCompleted", ["senler", "crm"]),
      {
        name: "order.updated",
        status: "CookingCompleted",
        to: ["crm"],
        also: { courier_id: "c0a8f2d4-1f7e-4a53-8a2b-5d5b8e0f9c21", courier_name: "Иван Иванов" },
      },
      becomes("OnWay", ["senler", "crm"]),
      becomes("Delivered", ["senler", "crm", "analytics"]),
      becomes("Closed", ["senler", "crm", "analytics"]),
    ],
  });
  const pickup = lifeOf({
    run,
    order: pickupOrder(now),
    changes: [
      created(["crm"]),
      becomes("CookingStarted", ["crm"]),
      becomes("CookingCompleted", ["crm"]),
      becomes("Closed", ["crm", "analytics"]),
    ],
  });
  const cancelled = lifeOf({
    run,
    order: cancelledOrder(now),
    changes: [
      created(["senler", "crm"]),
      becomes("CookingStarted", ["senler", "crm"]),
      {
        name: "order.cancelled",
        status: "Cancelled",
        to: ["crm"],
        also: { problem: "Клиент отменил заказ: слишком долго" },
      },
    ],
  });
  const dineIn = lifeOf({
    run,
    order: dineInOrder(now),
    changes: [created(["crm"]), becomes("COOKING_STARTED", ["crm"]), becomes("Closed", ["crm", "analytics"])],
  });
  return [
    ...delivery.map((sending): Step => ({ via: "intake", sendings: [sending] })),
    { via: "intake", sendings: pickup },
    ...cancelled.map((sending): Step => ({ via: "rest", sendings: [sending] })),
    { via: "rest", sendings: dineIn },
    ...cloudSendings(now).map((sending): Step => ({ via: "iiko", sendings: [sending] })),
    {
      via: "intake",
      sendings: delivery.slice(0, 1).map((first) => ({ ...first, to: [], note: "same id again" })),
    },
    { via: "intake", sendings: [orderWithoutStatus({ run, now })] },
  ];
}

function lifeOf({ run, order, changes }: { run: string; order: DemoOrder; changes: Change[] }): Sending[] {
  let current = order;
  return changes.map(({ name, status, to, also }, index) => {
    const previous = current.status;
    current = { ...current, ...also, status, updated_at: moscowTime(new Date()) };
    const data =
      name === "order.status_changed"
        ? { order: current, previous_status: previous ?? "" }
        : { order: current };
    const id = `iiko-${run}-${order.readable_number}-${index + 1}`;
    return { event: { id, name, ts: Date.now() + index, data }, to };
  });
}

// One that iiko-base could not fill in: it is kept and shown as rejected, never lost.
function orderWithoutStatus({ run, now }: { run: string; now: Date }): Sending {
  const order: DemoOrder = { ...base({ id: 1047, number: "519", now }), total_amount: 99000 };
  const event = { id: `iiko-${run}-519-1`, name: "order.created", ts: Date.now(), data: { order } } as const;
  return { event, to: [], note: "no status" };
}

function base({ id, number, now }: { id: number; number: string; now: Date }): DemoOrder {
  return {
    id,
    external_order_id: `${moscowTime(now).slice(0, 10).replaceAll("-", "")}-${number}`,
    iiko_order_id: `7d8a2a3e-6b1c-4c58-9d0f-2f1f7f0f5${number}`,
    readable_number: number,
    iiko_order_number: number.slice(1),
    organization_id: "550e8400-e29b-41d4-a716-446655440000",
    restaurant_name: "Ресторан №1",
    created_at: moscowTime(now),
    promised_time: moscowTime(new Date(now.getTime() + 75 * 60_000)),
  };
}

function deliveryOrder(now: Date): DemoOrder {
  return {
    ...base({ id: 1043, number: "515", now }),
    order_type: "DELIVERY",
    customer_name: "Петр Петров",
    customer_phone: "+79991234567",
    delivery_address: "Москва, ул. Лесная, д. 5, кв. 12, домофон «12К»",
    total_amount: 152050,
    items: [
      item({ name: "Пицца «Маргарита», 35 см", amount: 2, price: 54900, modifiers: [CHEESE_CRUST] }),
      item({ name: "Салат «Оливье», на вес", amount: 0.35, price: 64000 }),
      item({ name: "Морс клюквенный, 0,5 л", amount: 1, price: 10050 }),
    ],
  };
}

function pickupOrder(now: Date): DemoOrder {
  return {
    ...base({ id: 1044, number: "516", now }),
    order_type: "PICKUP",
    customer_name: "Анна О'Нил",
    customer_phone: "+79997654321",
    total_amount: 74900,
    items: [item({ name: 'Бургер "Двойной"', amount: 1, price: 74900, modifiers: [NO_ONION] })],
  };
}

function cancelledOrder(now: Date): DemoOrder {
  return {
    ...base({ id: 1045, number: "517", now }),
    order_type: "DELIVERY",
    customer_name: "Ольга",
    customer_phone: "+79990001122",
    delivery_address: "Москва, Тверская, 1",
    total_amount: 109800,
    items: [item({ name: "Пицца «Маргарита», 35 см", amount: 2, price: 54900 })],
  };
}

function dineInOrder(now: Date): DemoOrder {
  return {
    ...base({ id: 1046, number: "518", now }),
    order_type: "DINE_IN",
    total_amount: 32010,
    items: [item({ name: "Капучино", amount: 1, price: 32010, modifiers: [OAT_MILK] })],
  };
}

type NewItem = { name: string; amount: number; price: number; modifiers?: object[] };

function item({ name, amount, price, modifiers = [] }: NewItem) {
  return { product_id: productId(name), name, amount, price, sum: Math.round(amount * price), modifiers };
}

const CHEESE_CRUST = item({ name: "Сырный борт", amount: 2, price: 4900 });
const NO_ONION = item({ name: "Без лука", amount: 1, price: 0 });
const OAT_MILK = item({ name: "Овсяное молоко", amount: 1, price: 6000 });

function productId(name: string): string {
  const digits = Buffer.from(name).toString("hex").padEnd(32, "0");
  return [digits.slice(-8), digits.slice(0, 4), "4a53", "8a2b", digits.slice(8, 20)].join("-");
}

function moscowTime(at: Date): string {
  return `${new Date(at.getTime() + 3 * 3_600_000).toISOString().slice(0, 19)}+03:00`;
}
