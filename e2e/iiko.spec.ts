import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { cloudMessage, sampleText } from "@/lib/orders/iiko/testing/samples";
import { sendIikoMessages } from "./support/api";
import { makeDataDir } from "./support/database";
import { expectAccessible, signIn } from "./support/panel";
import { ACCESS, startProduct } from "./support/product";
import { expect, type Json, test } from "./support/test";

const START_MS = 1771072124731;

function life(...statuses: string[]): string[] {
  const id = randomUUID();
  return statuses.map((status, index) =>
    cloudMessage({ order: { status }, info: { id, externalNumber: null, timestamp: START_MS + index } }),
  );
}

const EVERY_EVENT = { send_on_order_cancelled: true };

test("an order of iiko Cloud goes on in all four formats, in its own one byte for byte", async ({
  addWebhook,
  product,
  receiver,
}) => {
  const formats = ["iiko_soi", "iiko_cloud", "iiko_cloud_native", "custom"];
  for (const payload_format of formats) {
    await addWebhook({ payload_format, webhook_url: `${receiver.url}/${payload_format}`, ...EVERY_EVENT });
  }
  const texts = life("WaitCooking", "OnWay", "Cancelled");
  const answer = await sendIikoMessages({ url: product.url, eventKey: ACCESS.eventKey, texts });
  expect(answer).toMatchObject({ status: 200, body: { outcomes: ["event", "event", "event"] } });
  const requests = await receiver.waitFor(12);
  const bodiesOf = (format: string) =>
    requests.filter(({ path }) => path === `/${format}`).map(({ body }) => body);
  expect(bodiesOf("iiko_cloud_native")).toEqual(texts.map((text) => `[${text}]`));
  const custom = bodiesOf("custom").map((body) => JSON.parse(body) as { event: string; order: Json });
  expect(custom.map(({ event, order }) => [event, order.previous_status, order.total_amount])).toEqual([
    ["order.created", null, 142050],
    ["order.status_changed", "WaitCooking", 142050],
    ["order.cancelled", "OnWay", 142050],
  ]);
  expect(JSON.parse(bodiesOf("iiko_soi")[1] ?? "")).toMatchObject({
    type: "UPDATE",
    previousStatus: "WaitCooking",
    iikoOrderDetails: {
      orderStatus: "OnWay",
      orderAmount: 1420.5,
      promisedTime: "2026-02-14T16:00:00.000+03:00",
    },
  });
});

test("SOI's message keeps every field that came", async ({ addWebhook, product, receiver }) => {
  await addWebhook({ payload_format: "iiko_soi" });
  const sent = { ...JSON.parse(sampleText("soi-update.json")), orderExternalId: randomUUID(), ownField: [1] };
  const response = await fetch(`${product.url}/iiko/${ACCESS.eventKey}`, {
    method: "POST",
    body: JSON.stringify(sent),
  });
  expect(response.status).toBe(200);
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request?.body ?? "")).toMatchObject(sent);
});

test("what comes again, late or about no order is answered 200 and sent to nobody", async ({
  addWebhook,
  api,
  product,
  receiver,
}) => {
  await addWebhook();
  const [first = "", second = "", third = ""] = life("WaitCooking", "CookingStarted", "OnWay");
  const stopList = JSON.stringify({ eventType: "StopListUpdate", eventInfo: {} });
  const { url } = product;
  const { eventKey } = ACCESS;
  await sendIikoMessages({ url, eventKey, texts: [first, third, stopList] });
  const answer = await sendIikoMessages({
    url,
    eventKey,
    texts: [first, second, sampleText("delivery-order-error.json").trim().slice(1, -1)],
  });
  expect(answer).toMatchObject({ status: 200, body: { outcomes: ["repeated", "older", "no_order"] } });
  const [late] = (answer.body as { ids: string[] }).ids;
  expect((await api.get(`/order-events/${late}`)).body).toMatchObject({
    state: "rejected",
    reason: expect.stringMatching(/^older: /),
  });
  await receiver.waitFor(2);
  expect(receiver.requests).toHaveLength(2);
});

test("IIKO_AUTH_TOKEN is asked for, bare, as a bearer or in authToken", async () => {
  const dataDir = await makeDataDir();
  const product = await startProduct({ dataDir, env: { IIKO_AUTH_TOKEN: "from-iiko" } });
  const send = async (headers: Record<string, string>, eventKey = ACCESS.eventKey) =>
    (await sendIikoMessages({ url: product.url, eventKey, texts: life("OnWay"), headers })).status;
  try {
    expect(await send({})).toBe(401);
    expect(await send({ authorization: "from-iik" })).toBe(401);
    expect(await send({ authorization: "from-iiko" }, "wrong")).toBe(401);
    expect(await send({ authorization: "from-iiko" })).toBe(200);
    expect(await send({ authorization: "Bearer from-iiko" })).toBe(200);
    expect(await send({ authToken: "from-iiko" })).toBe(200);
  } finally {
    await product.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});

test("the panel tells where orders come from, and what iiko sent", async ({ page, product }) => {
  const [text = ""] = life("OnWay");
  await sendIikoMessages({ url: product.url, eventKey: ACCESS.eventKey, texts: [text] });
  await signIn({ page, product });
  await page.goto(`${product.url}/settings/sources`);
  await expect(page.getByText(`${product.url}/iiko/${ACCESS.eventKey}`).first()).toBeVisible();
  await expectAccessible(page);
  const newest = page.getByRole("link", { name: "Событие заказа" }).first();
  const before = await newest.getAttribute("href");
  await page.getByRole("button", { name: "Отправить пример" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Отправить пример" }).click();
  await expect(page.getByText("Пример принят")).toBeVisible();
  await expect(newest).not.toHaveAttribute("href", before ?? "");
  await newest.click();
  await page.getByText("Что прислал iiko").first().click();
  await expect(page.getByText("Пример: готовить не нужно")).toBeVisible();
});
