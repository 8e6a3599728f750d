import { sendEvents } from "./support/api";
import { makeEvent } from "./support/orders";
import { ACCESS } from "./support/product";
import { expect, type Json, test } from "./support/test";

test("answers as Inngest's event API does", async ({ product }) => {
  const event = makeEvent();
  const { url } = product;
  expect(await sendEvents({ url, eventKey: ACCESS.eventKey, events: event })).toMatchObject({
    status: 200,
    body: { ids: [event.id], status: 200 },
  });
  expect(await sendEvents({ url, eventKey: "wrong", events: event })).toMatchObject({
    status: 401,
    body: { status: 401, error: expect.any(String) },
  });
});

test("takes a slash too many, and says in a browser that it wants a POST", async ({ product }) => {
  const body = JSON.stringify(makeEvent());
  for (const path of [`/e/${ACCESS.eventKey}/`, `//e/${ACCESS.eventKey}`, `/iiko//${ACCESS.eventKey}/`]) {
    const answer = await fetch(`${product.url}${path}`, { method: "POST", body, redirect: "manual" });
    expect(answer.status, path).toBe(200);
  }
  const read = await fetch(`${product.url}/e/${ACCESS.eventKey}`);
  expect([read.status, read.headers.get("allow")]).toEqual([405, "POST"]);
  expect(await read.json()).toMatchObject({ error: expect.stringContaining("by POST"), status: 405 });
});

test("the same id is delivered once, in one array and over time", async ({
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  const webhook = await addWebhook();
  const event = makeEvent();
  await send([event, event]);
  await attemptsOf(webhook, 1);
  await send(event);
  // A later event that arrived shows that the repetition had its chance.
  await send(makeEvent());
  await attemptsOf(webhook, 2);
  expect(receiver.requests).toHaveLength(2);
});

test("events without an id are different events", async ({ addWebhook, send, attemptsOf }) => {
  const webhook = await addWebhook();
  const { name, data } = makeEvent();
  const ids = await send([
    { name, data },
    { name, data },
  ]);
  expect(new Set(ids).size).toBe(2);
  await attemptsOf(webhook, 2);
});

test("an array of 2000 arrives whole, each once", async ({ addWebhook, send, receiver }) => {
  await addWebhook({ payload_format: "custom", include_fields: ["external_id"] });
  const events = Array.from({ length: 2_000 }, () => makeEvent());
  expect(await send(events)).toEqual(events.map((event) => event.id));
  await expect.poll(() => receiver.requests.length, { timeout: 45_000 }).toBe(2_000);
  const arrived = new Set(receiver.requests.map((request) => JSON.parse(request.body).order.external_id));
  expect(arrived).toEqual(new Set(events.map((event) => event.data.order.external_order_id)));
});

test("POST /api/v1/events takes the same with a token", async ({ addWebhook, api, receiver }) => {
  await addWebhook();
  const event = makeEvent();
  const answer = await api.post("/events", event);
  expect(answer.status).toBeLessThan(300);
  expect(answer.body).toMatchObject({ ids: [event.id] });
  await receiver.waitFor(1);
});

const MISFITS: [string, Json, RegExp][] = [
  ["no status", { name: "order.created", data: { order: { id: 1 } } }, /status/],
  ["no id", { name: "order.created", data: { order: { status: "OnWay" } } }, /external_order_id/],
  [
    "roubles",
    { name: "order.created", data: { order: { id: 1, status: "OnWay", total_amount: 10.5 } } },
    /total_amount/,
  ],
  ["another name", { name: "order.eaten", data: { order: { id: 1, status: "OnWay" } } }, /name/],
  ["no data", { name: "order.created" }, /data/],
];

test("what does not fit is kept as rejected with the reason and holds nothing else back", async ({
  addWebhook,
  send,
  receiver,
  api,
}) => {
  await addWebhook();
  const good = makeEvent();
  const misfits = MISFITS.map(([, event], index) => ({ id: `misfit-${good.id}-${index}`, ...event }));
  await send([...misfits, good]);
  await receiver.waitFor(1);
  for (const [index, [what, , reason]] of MISFITS.entries()) {
    const view = (await api.get(`/order-events/misfit-${good.id}-${index}`)).body as Json;
    expect(view, what).toMatchObject({ state: "rejected", reason: expect.stringMatching(reason) });
  }
  const rejected = (await api.get("/order-events?state=rejected&limit=5")).body as Json[];
  expect(rejected.map((event) => event.state)).toEqual(MISFITS.map(() => "rejected"));
  const accepted = (await api.get(`/order-events?order_external_id=${good.data.order.external_order_id}`))
    .body;
  expect(accepted).toEqual([expect.objectContaining({ state: "accepted", name: "order.created" })]);
});
