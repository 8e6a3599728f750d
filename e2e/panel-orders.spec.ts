import { answer } from "@/lib/outbound/testing/behaviours";
import { makeEvent } from "./support/orders";
import { addUser, expectAccessible, signIn, speak, takeScreenshots } from "./support/panel";
import { expect, test } from "./support/test";

test("an order's history says of every webhook what happened, or why nothing did", async ({
  page,
  product,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  receiver.script(answer(500));
  const crm = await addWebhook({ name: "CRM", send_on_order_cancelled: true });
  await addWebhook({ name: "Senler", filter_order_types: ["DELIVERY"] });
  await addWebhook({ name: "Analytics", send_on_order_created: false, filter_statuses: ["Delivered"] });
  await addWebhook({ name: "Paused", is_active: false });
  const order = {
    external_order_id: `history-${Date.now()}`,
    readable_number: "8801",
    order_type: "PICKUP",
    status: "WaitCooking",
  };
  await send(makeEvent({ order }));
  await attemptsOf(crm, 2);
  const next = { ...order, status: "OnWay", courier_name: "Олег" };
  const changed = makeEvent({ name: "order.status_changed", order: next, previousStatus: "WaitCooking" });
  await send({ ...changed, id: `${changed.id}-2` });
  await send({ id: `${changed.id}-3`, name: "order.updated", data: { order: { ...order, status: 5 } } });
  await attemptsOf(crm, 3);

  await signIn({ page, product });
  await page.goto(`${product.url}/orders`);
  await page.getByRole("searchbox").fill("8801");
  await expect(page).toHaveURL(/q=8801/);
  await page.getByRole("link", { name: "№ 8801" }).last().click();
  await expect(page.getByRole("heading", { name: "Заказ № 8801" })).toBeVisible();

  const events = page.getByRole("list", { name: "История заказа" }).locator("> li");
  await expect(events).toHaveCount(3);
  const [created, moved, rejected] = [events.nth(0), events.nth(1), events.nth(2)];
  await expect(created.getByText("Доставлено")).toBeVisible();
  await expect(created.getByRole("link", { name: "Попытка 1: 500" })).toBeVisible();
  await created.getByText("3 вебхукам не отправлено: почему").click();
  await expect(created).toContainText(
    "Тип Самовывоз (PICKUP) не входит в фильтр. Пропускаются: Доставка (DELIVERY).",
  );
  await expect(created).toContainText("Событие order.created у вебхука выключено.");
  await expect(created).toContainText("Вебхук был выключен.");
  await expect(moved).toContainText("Ждёт приготовления");
  await expect(moved).toContainText("В пути");
  await expect(moved).toContainText("курьер: Иван Иванов → Олег");
  await moved.getByText("3 вебхукам не отправлено: почему").click();
  await expect(moved).toContainText(
    "Статус В пути (OnWay) не входит в фильтр. Пропускаются: Доставлен (Delivered).",
  );
  await expect(rejected).toContainText("Событие не принято и никому не отправлено");
  await expect(rejected).toContainText("data.order.status");
  await expectAccessible(page);
  await takeScreenshots({ page, name: "order-history" });
  await created.getByRole("link", { name: "Попытка 2: 200" }).click();
  await expect(page).toHaveURL(/\/logs\/\d+$/);
  await page.getByRole("link", { name: "Вся история заказа" }).click();
  await expect(page.getByRole("heading", { name: "Заказ № 8801" })).toBeVisible();
});

test("orders are found by number, external id and phone, however they are written", async ({
  page,
  product,
  send,
}) => {
  const wanted = makeEvent({
    order: { readable_number: "7007", external_order_id: "find-me/1", customer_phone: "+7 (921) 555-01-99" },
  });
  await send([wanted, makeEvent({ order: { readable_number: "7008" } })]);
  await send({ id: "no-order-at-all", name: "order.created", data: {} });
  await signIn({ page, product });
  const rows = page.getByRole("row").filter({ has: page.getByRole("link") });
  for (const typed of ["7007", "№7007", "find-me/1", "8 921 555 01 99", "9215550199", "0199"]) {
    await page.goto(`${product.url}/orders?${new URLSearchParams({ q: typed })}`);
    await expect(rows, typed).toHaveCount(1);
    await expect(rows).toContainText("find-me/1");
  }
  await page.goto(`${product.url}/orders?q=nobody`);
  await expect(page.getByText("Такого заказа нет")).toBeVisible();
  await page.goto(`${product.url}/orders`);
  await page.getByLabel("События").selectOption("Непринятые");
  await expect(page).toHaveURL(/state=rejected/);
  await rows.filter({ hasText: "data.order" }).first().click();
  await expect(page.getByRole("heading", { name: "Событие без заказа" })).toBeVisible();
  await page.goto(`${product.url}/orders`);
  await expectAccessible(page);
  await takeScreenshots({ page, name: "orders" });
});

test("what an order says stays text, and a viewer does not see its customer", async ({
  page,
  product,
  browser,
  addWebhook,
  send,
}) => {
  const attack = `"><img src=x onerror="window.hacked=1">`;
  await addWebhook({ name: attack, is_active: false });
  const order = {
    external_order_id: attack,
    readable_number: attack,
    customer_name: "Секретная Анна",
    restaurant_name: attack,
    status: attack,
  };
  const event = makeEvent({ name: "order.updated", order });
  await send({ ...event, id: attack });
  await signIn({ page, product });
  for (const path of ["/orders", `/orders/${encodeURIComponent(attack)}`]) {
    await page.goto(`${product.url}${path}`);
    await expect(page.getByText("window.hacked=1").first()).toBeVisible();
    expect(await page.evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
    await expect(page.locator("img[src=x]")).toHaveCount(0);
  }
  await expect(page.getByText("Секретная Анна")).toBeVisible();

  const user = await addUser({ product, role: "viewer" });
  const context = await browser.newContext({ locale: "ru-RU" });
  const own = await context.newPage();
  await signIn({ page: own, product, user });
  await own.goto(`${product.url}/orders/${encodeURIComponent(attack)}`);
  await expect(own.getByText("Вебхук был выключен.")).toBeVisible();
  expect(await own.content()).not.toContain("Секретная Анна");
  await context.close();
});

test("speaks English too", async ({ page, product, addWebhook, send }) => {
  await addWebhook({ name: "Off", is_active: false });
  const event = makeEvent();
  await send(event);
  await speak({ page, product, locale: "en" });
  await signIn({ page, product });
  await page.goto(`${product.url}/orders/${encodeURIComponent(event.id)}`);
  await expect(page.getByText("The webhook was switched off.")).toBeVisible();
  await page.goto(`${product.url}/orders/nothing`);
  await expect(page.getByText("There is no such page")).toBeVisible();
});
