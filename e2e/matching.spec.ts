import { makeEvent } from "./support/orders";
import { expect, type Json, test } from "./support/test";

const NAMES = ["order.created", "order.updated", "order.status_changed", "order.cancelled"];
const TICKS = NAMES.map((name) => `send_on_${name.replace(".", "_")}`);

test("each tick box answers to exactly one event name", async ({ addWebhook, send, receiver }) => {
  for (const tick of TICKS) {
    const ticks = Object.fromEntries(TICKS.map((one) => [one, one === tick]));
    await addWebhook({ ...ticks, payload_format: "custom", webhook_url: `${receiver.url}/${tick}` });
  }
  await send(NAMES.map((name) => makeEvent({ name })));
  const requests = await receiver.waitFor(4);
  const seen = requests.map((request) => `${request.path} ${JSON.parse(request.body).event}`).sort();
  expect(seen).toEqual(NAMES.map((name, index) => `/${TICKS[index]} ${name}`).sort());
});

test("a new webhook gets all but cancellations", async ({ addWebhook, send, receiver }) => {
  await addWebhook({ payload_format: "custom" });
  await send([...NAMES].reverse().map((name) => makeEvent({ name })));
  const requests = await receiver.waitFor(3);
  expect(requests.map((request) => JSON.parse(request.body).event).sort()).toEqual(
    NAMES.filter((name) => name !== "order.cancelled").sort(),
  );
});

const DELIVERY_ON_WAY = { order_type: "DELIVERY", status: "OnWay", organization_id: "org-1" };

const FILTERS: [string, Json, Json, boolean][] = [
  ["organization: the right one", { filter_organization_ids: ["org-1", "org-2"] }, {}, true],
  ["organization: another", { filter_organization_ids: ["org-2"] }, {}, false],
  [
    "organization: the order has none",
    { filter_organization_ids: ["org-1"] },
    { organization_id: null },
    false,
  ],
  ["order type: the right one", { filter_order_types: ["DELIVERY"] }, {}, true],
  ["order type: another", { filter_order_types: ["PICKUP", "DINE_IN"] }, {}, false],
  [
    "order type: as iiko calls it",
    { filter_order_types: ["DELIVERY"] },
    { order_type: "DeliveryByCourier" },
    true,
  ],
  ["order type: iiko's name in the filter", { filter_order_types: ["deliverybycourier"] }, {}, true],
  [
    "organization: the same UUID, written otherwise",
    { filter_organization_ids: ["{550E8400-E29B-41D4-A716-446655440000}"] },
    { organization_id: "550e8400-e29b-41d4-a716-446655440000" },
    true,
  ],
  ["status: in lower case", { filter_statuses: ["OnWay"] }, { status: "on_way" }, true],
  ["order type: the order has none", { filter_order_types: ["DELIVERY"] }, { order_type: undefined }, false],
  ["status: the right one", { filter_statuses: ["CookingStarted", "OnWay"] }, {}, true],
  ["status: in SOI's spelling", { filter_statuses: ["OnWay"] }, { status: "ON_WAY" }, true],
  ["status: another", { filter_statuses: ["Delivered", "Closed"] }, {}, false],
  [
    "empty lists let all through",
    { filter_statuses: [], filter_order_types: [], filter_organization_ids: [] },
    {},
    true,
  ],
  ["all set filters must hold", { filter_statuses: ["OnWay"], filter_order_types: ["PICKUP"] }, {}, false],
  ["lists given as text", { filter_order_types: '["DELIVERY"]', filter_statuses: '["OnWay"]' }, {}, true],
];

test("filters, and the decision for each webhook", async ({ addWebhook, send, receiver, api }) => {
  const expected = new Map<number, boolean>();
  for (const [index, [, filter, fields, isSent]] of FILTERS.entries()) {
    const webhook = await addWebhook({
      ...filter,
      name: `Filter ${index}`,
      webhook_url: `${receiver.url}/${index}`,
      payload_format: "custom",
    });
    expected.set(webhook.id, isSent);
    const event = makeEvent({ order: { ...DELIVERY_ON_WAY, ...fields } });
    await send(event);
    const decision = await decisionFor({ api, eventId: event.id, webhookId: webhook.id });
    expect(decision.decision, FILTERS[index]?.[0]).toBe(isSent ? "sent" : "not_sent");
    if (isSent) expect(decision.deliveries).toEqual([expect.objectContaining({ id: expect.any(String) })]);
    else expect(decision.reason, FILTERS[index]?.[0]).toEqual(expect.stringMatching(/filter/));
  }
});

test("a webhook that is switched off gets nothing, and the event says so", async ({
  addWebhook,
  send,
  api,
}) => {
  const webhook = await addWebhook({ is_active: false });
  const event = makeEvent();
  await send(event);
  const decision = await decisionFor({ api, eventId: event.id, webhookId: webhook.id });
  expect(decision).toMatchObject({ decision: "not_sent", reason: expect.stringMatching(/switched off/) });
});

test("a decision is the one of its time, whatever the webhook became since", async ({
  addWebhook,
  send,
  api,
}) => {
  const webhook = await addWebhook({ filter_order_types: ["PICKUP"] });
  const event = makeEvent();
  await send(event);
  await decisionFor({ api, eventId: event.id, webhookId: webhook.id });
  await api.patch(`/outgoing-webhooks/${webhook.id}`, { filter_order_types: null });
  const decision = await decisionFor({ api, eventId: event.id, webhookId: webhook.id });
  expect(decision).toMatchObject({
    decision: "not_sent",
    reason: expect.stringMatching(/order_type DELIVERY/),
  });
});

type Asking = {
  api: { get: (path: string) => Promise<{ body: unknown }> };
  eventId: string;
  webhookId: number;
};

async function decisionFor({ api, eventId, webhookId }: Asking): Promise<Json> {
  let found: Json | undefined;
  await expect
    .poll(async () => {
      const view = (await api.get(`/order-events/${eventId}`)).body as { decisions?: Json[] };
      found = view.decisions?.find((one) => one.webhook_id === webhookId);
      return found;
    })
    .toBeTruthy();
  return found ?? {};
}
