import { randomUUID } from "node:crypto";

/** A message of iiko Cloud about a new order of this moment, in Moscow; nobody's, and marked as a sample. */
export function sampleIikoMessage({
  now = new Date(),
  id = randomUUID() as string,
  correlationId = randomUUID() as string,
} = {}): string {
  const organizationId = "00000000-0000-0000-0000-000000000000";
  const local = clockText(new Date(now.getTime() + 3 * 3_600_000));
  const inAnHour = clockText(new Date(now.getTime() + 4 * 3_600_000));
  return JSON.stringify({
    eventType: "DeliveryOrderUpdate",
    eventTime: clockText(now),
    organizationId,
    correlationId,
    eventInfo: {
      id,
      posId: null,
      externalNumber: null,
      organizationId,
      timestamp: now.getTime(),
      creationStatus: "Success",
      errorInfo: null,
      order: {
        customer: { type: "one-time", name: "Пример" },
        phone: "+70000000000",
        deliveryPoint: null,
        status: "Unconfirmed",
        cancelInfo: null,
        courierInfo: null,
        completeBefore: inAnHour,
        whenCreated: local,
        whenReceivedByApi: clockText(now),
        cookingStartTime: local,
        comment: "Пример: готовить не нужно",
        problem: null,
        isDeleted: false,
        sum: 549,
        number: 1,
        guestsInfo: { count: 1, splitBetweenPersons: false },
        items: [sampleItem()],
        combos: [],
        payments: [],
        tips: [],
        discounts: [],
        orderType: { id: organizationId, name: "Самовывоз", orderServiceType: "DeliveryByClient" },
        terminalGroupId: organizationId,
        processedPaymentsSum: 0,
      },
    },
  });
}

function sampleItem() {
  return {
    type: "Product",
    product: { id: "3f0d3c86-52a4-4d0e-9a5f-0c3f5c0c7a01", name: "Пицца «Маргарита», 35 см" },
    modifiers: [],
    price: 549,
    cost: 549,
    pricePredefined: false,
    resultSum: 549,
    status: "Added",
    amount: 1,
  };
}

function clockText(at: Date): string {
  return at.toISOString().replace("T", " ").replace("Z", "");
}
