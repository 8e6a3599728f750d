import { isDeepStrictEqual } from "node:util";
import type { DemoEvent, DemoOrder, Sending } from "./orders";
import type { Arrival } from "./receive";
import type { Recipient } from "./webhooks";

/** What is wrong, one line each; empty when exactly what the guide promises arrived. */
export function compare({ sent, arrivals }: { sent: Sending[]; arrivals: Arrival[] }): string[] {
  const delivered = arrivals.filter((arrival) => arrival.status === 200);
  const unclaimed = new Set(delivered);
  const problems: string[] = [];
  for (const { event, to } of sent) {
    for (const recipient of to) {
      const match = [...unclaimed].find(
        (arrival) => arrival.recipient === recipient && fits({ arrival, event }),
      );
      if (match) unclaimed.delete(match);
      else problems.push(`${recipient} did not get ${title(event)} with the body that the guide promises`);
    }
  }
  for (const extra of unclaimed)
    problems.push(`${extra.recipient} got one too many: ${extra.bytes.slice(0, 200)}`);
  for (const refused of arrivals.filter((arrival) => arrival.status === 401)) {
    problems.push(
      `${refused.recipient} got a request without its credentials (webhook-id ${refused.webhookId})`,
    );
  }
  return [...problems, ...retryProblems(arrivals)];
}

function retryProblems(arrivals: Arrival[]): string[] {
  const failed = arrivals.filter((arrival) => arrival.status === 503);
  if (failed.length !== 2) return [`the CRM answered 503 ${failed.length} times instead of 2`];
  const same = arrivals.filter((arrival) => arrival.webhookId === failed[0]?.webhookId);
  const bodies = new Set(same.map((arrival) => arrival.bytes));
  const isAsPromised = same.length === 3 && bodies.size === 1 && same[2]?.status === 200;
  return isAsPromised ? [] : ["the CRM's retries did not carry the same webhook-id and the same bytes"];
}

export function title(event: DemoEvent): string {
  return `${event.name} №${event.data.order.readable_number} ${event.data.order.status ?? "(no status)"}`;
}

function fits({ arrival, event }: { arrival: Arrival; event: DemoEvent }): boolean {
  const expected = EXPECTED_BODY[arrival.recipient]({ event, webhookId: arrival.webhookId });
  return contains({ whole: arrival.body, part: expected });
}

type Expecting = (input: { event: DemoEvent; webhookId: string }) => Record<string, unknown>;

// Written from the guide, not from the code that builds the payloads.
const EXPECTED_BODY: Record<Recipient, Expecting> = {
  senler: ({ event: { name, data }, webhookId }) => ({
    type: name === "order.created" ? "CREATE" : "UPDATE",
    orderExternalId: data.order.external_order_id,
    readableNumber: data.order.readable_number,
    creationStatus: "OK",
    transactionDetails: { correlationId: webhookId, organizationId: data.order.organization_id },
    iikoOrderDetails: {
      iikoOrderId: data.order.iiko_order_id,
      iikoOrderNumber: data.order.iiko_order_number,
      restaurantName: data.order.restaurant_name,
      orderType: data.order.order_type,
      orderStatus: statusOf(data.order),
      receivedAt: data.order.created_at,
      promisedTime: data.order.promised_time,
      orderAmount: Number(data.order.total_amount) / 100,
      ...courierOf(data.order),
      customer: { name: data.order.customer_name, phone: data.order.customer_phone },
    },
  }),
  crm: ({ event: { name, data } }) => ({
    event: name,
    order: {
      id: data.order.id,
      external_id: data.order.external_order_id,
      iiko_order_id: data.order.iiko_order_id,
      status: statusOf(data.order),
      previous_status: data.previous_status ? statusOf({ status: data.previous_status }) : null,
      customer_name: data.order.customer_name ?? null,
      customer_phone: data.order.customer_phone ?? null,
      total_amount: data.order.total_amount,
      courier_name: data.order.courier_name ?? null,
      order_type: data.order.order_type,
      restaurant_name: data.order.restaurant_name,
      created_at: utc(data.order.created_at),
      promised_time: utc(data.order.promised_time),
    },
  }),
  analytics: ({ event: { data } }) => ({
    eventType: "DeliveryOrderUpdate",
    eventInfo: {
      id: data.order.iiko_order_id,
      externalId: data.order.external_order_id,
      organizationId: data.order.organization_id,
      status: statusOf(data.order),
      sum: Number(data.order.total_amount) / 100,
      number: data.order.readable_number,
      orderType: data.order.order_type,
      createdAt: utc(data.order.created_at),
      promisedTime: utc(data.order.promised_time),
      ...courierOf(data.order),
    },
  }),
};

function statusOf({ status }: Pick<DemoOrder, "status">): string | undefined {
  return status === "COOKING_STARTED" ? "CookingStarted" : status;
}

function courierOf(order: DemoOrder) {
  return order.courier_id ? { courier: { id: order.courier_id, name: order.courier_name } } : {};
}

function utc(time: unknown): string {
  return new Date(String(time)).toISOString().replace(".000Z", "Z");
}

function contains({ whole, part }: { whole: unknown; part: unknown }): boolean {
  if (typeof part !== "object" || part === null) return isDeepStrictEqual(whole, part);
  if (typeof whole !== "object" || whole === null) return false;
  return Object.entries(part).every(([key, value]) =>
    contains({ whole: (whole as Record<string, unknown>)[key], part: value }),
  );
}
