import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { answer, reset } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import type { Api } from "./api";
import { makeEvent } from "./orders";
import { addUser } from "./panel";
import { ACCESS, type Product } from "./product";
import { created, expect, type Json, type Webhook } from "./test";

type Named = { id: number; name: string };

/** Something of every kind that the panel shows. */
export type Staged = {
  webhooks: { healthy: Named; failing: Named; down: Named; held: Named };
  logs: { failed: number; delivered: number };
  events: { sent: string; rejected: string };
  /** A request that the inspector took. */
  inspected: string;
  userName: string;
  /** Of the admin who looks. */
  password: string;
  close: () => Promise<void>;
};

type StageOptions = { page: Page; product: Product; api: Api; send: (events: unknown) => Promise<string[]> };

/** Makes receivers in each state, orders that went to them, a colleague and a rejected event. `page` is an admin's. */
export async function stagePanel({ page, product, api, send }: StageOptions): Promise<Staged> {
  const receivers = await Promise.all([1, 2, 3].map(() => startReceiver()));
  const [good, refusing, broken] = receivers as [Receiver, Receiver, Receiver];
  good.always(answer(200, { body: { result: "accepted", lead: { id: "b2c1", status: "new" } } }));
  refusing.always(answer(401, { body: { error: "invalid_token", message: "The access token expired" } }));
  broken.always(reset());
  const add = async (fields: Json): Promise<Webhook & Named> =>
    created(await api.post("/outgoing-webhooks", { retry_delay_seconds: 1, ...fields })) as Webhook & Named;
  const healthy = await add({
    name: "Senler VK Notifications",
    description: "Отправка заказов доставки в систему Senler для уведомлений в VK",
    webhook_url: `${good.url}/api/webhook`,
    auth_type: "bearer",
    auth_token: "s3nler-t0ken",
    send_on_order_cancelled: true,
  });
  await api.post(`/outgoing-webhooks/${healthy.id}/rotate-secret`);
  const failing = await add({
    name: "CRM Sync",
    webhook_url: `${refusing.url}/api/orders/webhook`,
    payload_format: "custom",
    retry_count: 1,
  });
  const down = await add({
    name: "Касса в зале на Лесной",
    webhook_url: `${broken.url}/kassa`,
    payload_format: "iiko_cloud",
    retry_count: 0,
    give_up_after_minutes: 60,
  });
  const held = await add({ name: "Analytics System", webhook_url: `${good.url}/api/events` });
  await add({
    name: "Отчёты для управляющего сетью ресторанов, второй юридический адрес",
    webhook_url: `${good.url}/reports/with/a/rather/long/path/that/does/not/fit/into/one/line`,
    is_active: false,
    filter_statuses: ["Delivered", "Closed"],
  });

  await page.goto(`${product.url}/webhooks`);
  await page.getByRole("button", { name: `⏸ Выключить: ${held.name}` }).click();
  await page.getByRole("button", { name: `▶️ Включить: ${held.name}` }).waitFor();

  const order = { external_order_id: "20261127-515", readable_number: "515" };
  // A product is staged for one walk after another.
  const id = randomUUID();
  const [sent = ""] = await send({ ...makeEvent({ order }), id });
  const moved = makeEvent({
    name: "order.status_changed",
    order: { ...order, status: "OnWay" },
    previousStatus: "CookingStarted",
  });
  await send({ ...moved, id: `${id}-moved` });
  await send({
    id: `${id}-rejected`,
    name: "order.created",
    data: { order: { external_order_id: "20261127-516" } },
  });
  await good.waitFor(2);
  await refusing.waitFor(4);
  await broken.waitFor(1);
  const logOf = async ({ id }: Named) => {
    const logs = async () =>
      (await api.get(`/outgoing-webhook-logs?webhook_id=${id}`)).body as { id: number }[];
    await expect.poll(async () => (await logs()).length).toBeGreaterThan(0);
    return (await logs())[0]?.id ?? 0;
  };
  const rejected = (await api.get("/order-events?state=rejected")).body as { id: string }[];

  await page.goto(`${product.url}/inspector`);
  const address = await page.locator("#content code").first().innerText();
  await fetch(address, {
    method: "POST",
    body: JSON.stringify({ event: "order.created", order: { id: 1 } }),
  });
  await page.goto(`${product.url}/inspector`);
  const link = page.getByRole("navigation").locator('a[href*="request="]').first();
  const inspected = new URL((await link.getAttribute("href")) ?? "", product.url).searchParams.get("request");
  await addUser({ product, role: "operator" });

  return {
    webhooks: { healthy, failing, down, held },
    logs: { failed: await logOf(failing), delivered: await logOf(healthy) },
    events: { sent, rejected: rejected[0]?.id ?? "" },
    inspected: inspected ?? "",
    userName: "operator",
    password: ACCESS.adminPassword,
    close: async () => {
      await Promise.all(receivers.map((receiver) => receiver.close()));
    },
  };
}
