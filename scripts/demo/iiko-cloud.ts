import { createHash } from "node:crypto";
import type { DemoOrder, Sending } from "./orders";

/** An order that comes from iiko Cloud itself, message by message as iiko sends them, with the event it becomes. */
export function cloudSendings(now: Date): Sending[] {
  const made = order({ now, status: "WaitCooking" });
  const closed = order({ now, status: "Closed" });
  return [
    sending({ order: made, name: "order.created", to: ["senler", "crm"], now }),
    sending({
      order: closed,
      name: "order.status_changed",
      previous: "WaitCooking",
      to: ["senler", "crm", "analytics"],
      now,
    }),
  ];
}

type NewSending = {
  order: DemoOrder;
  name: Sending["event"]["name"];
  previous?: string;
  to: Sending["to"];
  now: Date;
};

function sending({ order, name, previous, to, now }: NewSending): Sending {
  const ts = now.getTime() + (previous ? 1 : 0);
  const text = JSON.stringify(message({ order, ts, now }));
  const id = `iiko-${createHash("sha256").update(text).digest("hex")}`;
  const data = previous ? { order, previous_status: previous } : { order };
  return { event: { id, name, ts, data }, to, iikoText: text };
}

function order({ now, status }: { now: Date; status: string }): DemoOrder {
  return {
    id: null,
    external_order_id: `${moscowClock(now).slice(0, 10).replaceAll("-", "")}-520`,
    iiko_order_id: "4b9a7c52-1e0d-4f63-9a8b-7c25d1f0e836",
    readable_number: "520",
    iiko_order_number: "520",
    organization_id: "550e8400-e29b-41d4-a716-446655440000",
    restaurant_name: "Ресторан №1",
    status,
    order_type: "DELIVERY",
    customer_name: "Игорь",
    customer_phone: "+79995554433",
    delivery_address: "Москва, ул. Речная, д. 8",
    total_amount: 142050,
    created_at: `${moscowClock(now).replace(" ", "T")}+03:00`,
    promised_time: `${moscowClock(promised(now)).replace(" ", "T")}+03:00`,
  };
}

function message({ order, ts, now }: { order: DemoOrder; ts: number; now: Date }) {
  return {
    eventType: "DeliveryOrderUpdate",
    eventTime: clock(now),
    organizationId: order.organization_id,
    correlationId: "0c6d4b1f-57a2-4f0e-b6c9-91d3e8a7f254",
    eventInfo: {
      id: order.iiko_order_id,
      externalNumber: order.external_order_id,
      organizationId: order.organization_id,
      timestamp: ts,
      creationStatus: "Success",
      errorInfo: null,
      order: {
        customer: { type: "one-time", name: order.customer_name },
        phone: order.customer_phone,
        status: order.status,
        deliveryPoint: { address: { line1: order.delivery_address } },
        completeBefore: moscowClock(promised(now)),
        whenCreated: moscowClock(now),
        whenReceivedByApi: clock(now),
        sum: 1420.5,
        number: Number(order.readable_number),
        conception: { name: order.restaurant_name },
        items: [],
        orderType: { name: "Доставка курьером", orderServiceType: "DeliveryByCourier" },
      },
    },
  };
}

function promised(at: Date): Date {
  return new Date(at.getTime() + 75 * 60_000);
}

function moscowClock(at: Date): string {
  return clock(new Date(at.getTime() + 3 * 3_600_000));
}

function clock(at: Date): string {
  return at.toISOString().replace("T", " ").replace("Z", "");
}
