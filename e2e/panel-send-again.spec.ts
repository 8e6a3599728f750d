import { answer } from "@/lib/outbound/testing/behaviours";
import { makeEvent } from "./support/orders";
import { addUser, expectAccessible, signIn, speak, takeScreenshots } from "./support/panel";
import { expect, test } from "./support/test";

test("from an order's page what was cancelled or never matched is sent, and what is left all at once", async ({
  page,
  product,
  api,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  const flow = await addWebhook({ name: "CRM", retry_delay_seconds: 300 });
  const strict = await addWebhook({ name: "Kitchen", filter_statuses: ["Closed"] });
  const gone = await addWebhook({ name: "Gone", filter_statuses: ["Closed"] });
  receiver.always(answer(500));
  const order = {
    id: 4242,
    external_order_id: `again-${Date.now()}`,
    readable_number: "4242",
    status: "OnWay",
  };
  const event = makeEvent({ order });
  await send(event);
  await attemptsOf(flow, 1);
  const second = makeEvent({ name: "order.updated", order: { ...order, courier_name: "Олег" } });
  await send({ ...second, id: `${event.id}-2` });
  await expect
    .poll(async () => (await api.get(`/order-events/${event.id}-2`)).body)
    .toMatchObject({ is_matched: true });
  // Both wait and are cancelled: the second one without an attempt, so that no row of the log knows it.
  await api.patch(`/outgoing-webhooks/${flow.id}`, { is_active: false });
  await api.patch(`/outgoing-webhooks/${flow.id}`, { is_active: true });
  await api.delete(`/outgoing-webhooks/${gone.id}`);
  receiver.always(answer(200, { body: { ok: true } }));

  await signIn({ page, product });
  await page.goto(`${product.url}/orders/${event.id}`);
  const events = page.getByRole("list", { name: "История заказа" }).locator("> li");
  await expect(events).toHaveCount(2);
  const [created, updated] = [events.nth(0), events.nth(1)];
  await updated.getByText(/не отправлено: почему/).click();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "order-send-again" });

  const before = receiver.requests.length;
  await updated.getByRole("button", { name: "Отправить повторно: CRM" }).click();
  const dialog = page.getByRole("alertdialog");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Отправить повторно" }).click();
  await expect(page.getByText("Событие отправлено вебхуку «CRM» повторно")).toBeVisible();
  await receiver.waitFor(before + 1);
  await expect(updated.getByText("Доставлено", { exact: true })).toBeVisible();

  // The webhook that was deleted since has no button.
  await expect(updated.getByRole("button", { name: "Отправить всё равно" })).toHaveCount(1);
  await updated.getByRole("button", { name: "Отправить всё равно: Kitchen" }).click();
  await expect(dialog).toContainText("Статус В пути (OnWay) не входит в фильтр");
  await dialog.getByRole("button", { name: "Отправить всё равно" }).click();
  await receiver.waitFor(before + 2);
  await expect(updated.getByText("Отправлено вручную")).toBeVisible();
  expect(await attemptsOf(strict, 1)).toMatchObject([{ event_type: "order.updated", success: true }]);

  await page.getByRole("button", { name: "Отправить недоставленное повторно" }).click();
  await dialog.getByRole("button", { name: "Отправить 1 доставку" }).click();
  await expect(page.getByText("1 доставка отправлена повторно.")).toBeVisible();
  await receiver.waitFor(before + 3);
  await expect(created.getByText("Доставлено", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Отправить недоставленное повторно" })).toHaveCount(0);
  expect(new Set(receiver.requests.slice(before).map(({ headers }) => headers["webhook-id"])).size).toBe(3);
});

test("an event's page has what came in, coloured and to copy, and sends its order as a test", async ({
  page,
  product,
  browser,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  const attack = `<img src=x onerror="window.hacked=1">`;
  const webhook = await addWebhook({ name: "CRM", payload_format: "custom", filter_statuses: ["Closed"] });
  const event = makeEvent({ order: { customer_name: attack, status: "OnWay" } });
  await send(event);
  const rejected = {
    id: `${event.id}-bad`,
    name: "order.updated",
    data: { order: { ...event.data.order, status: 5 } },
  };
  await send(rejected);
  await signIn({ page, product });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${product.url}/orders/${event.id}`);
  const events = page.getByRole("list", { name: "История заказа" }).locator("> li");
  await events.nth(0).getByText("Что пришло").click();
  const shown = events.nth(0).getByRole("region", { name: "Данные события" });
  await expect(shown).toContainText('"status": "OnWay"');
  await expect(shown.locator("span.text-info", { hasText: '"customer_name"' })).toBeVisible();
  await expect(page.locator("img[src=x]")).toHaveCount(0);
  await events.nth(0).getByRole("button", { name: "Скопировать" }).click();
  expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toEqual(event.data);
  await events.nth(1).getByText("Что пришло").click();
  await expect(events.nth(1).getByRole("region", { name: "Всё событие" })).toContainText('"status": 5');
  await expect(events.nth(1).getByRole("button", { name: "Отправить этот заказ тестом…" })).toHaveCount(0);
  await expectAccessible(page);
  await takeScreenshots({ page, name: "order-raw" });

  await events.nth(0).getByRole("button", { name: "Отправить этот заказ тестом…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Отправить тест" })).toBeDisabled();
  await dialog.getByLabel("Вебхук").selectOption("CRM");
  await dialog.getByRole("button", { name: "Отправить тест" }).click();
  await expect(dialog.getByText("Успех")).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "order-test" });
  expect(receiver.requests.map(({ headers }) => headers["webhook-event"])).toEqual(["test"]);
  expect(JSON.parse(receiver.requests[0]?.body ?? "")).toMatchObject({ order: { customer_name: attack } });
  expect(await attemptsOf(webhook, 1)).toMatchObject([{ event_type: "test" }]);

  const user = await addUser({ product, role: "viewer" });
  const context = await browser.newContext({ locale: "ru-RU" });
  const own = await context.newPage();
  await signIn({ page: own, product, user });
  await own.goto(`${product.url}/orders/${event.id}`);
  await expect(own.getByText(/не отправлено: почему/)).toBeVisible();
  await expect(own.getByText("Что пришло")).toHaveCount(0);
  await expect(own.getByRole("button", { name: /Отправить/ })).toHaveCount(0);
  await context.close();
});

test("speaks English too", async ({ page, product, addWebhook, send }) => {
  await addWebhook({ name: "Kitchen", filter_statuses: ["Closed"] });
  const event = makeEvent({ order: { status: "OnWay" } });
  await send(event);
  await speak({ page, product, locale: "en" });
  await signIn({ page, product });
  await page.goto(`${product.url}/orders/${event.id}`);
  await page.getByRole("button", { name: "Send anyway: Kitchen" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("past its filters");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("What came in").click();
  await expect(page.getByRole("region", { name: "The data of the event" })).toContainText('"OnWay"');
});
