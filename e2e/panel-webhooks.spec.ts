import { answer, hang, redirect } from "@/lib/outbound/testing/behaviours";
import { makeEvent, makeOrder } from "./support/orders";
import { expectAccessible, signIn, speak, takeScreenshots } from "./support/panel";
import { expect, type Json, test, type Webhook } from "./support/test";

test("an empty list teaches: the guide's examples lack only the address and the secret", async ({
  page,
  product,
  api,
  receiver,
  send,
}) => {
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks`);
  await expect(page.getByRole("heading", { name: "Вебхуков пока нет" })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "webhooks-empty" });

  await page.getByRole("link", { name: /^Senler/ }).click();
  await page.getByLabel("URL Вебхука").fill(`${receiver.url}/senler`);
  await page.getByLabel("Token", { exact: true }).fill("senler-token");
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  const card = page.getByRole("article", { name: "Senler VK Notifications" });
  await expect(card).toBeVisible();
  await expect(card.getByText("✅ Активен")).toBeVisible();

  const [webhook] = (await api.get("/outgoing-webhooks")).body as Webhook[];
  expect(webhook).toMatchObject({
    payload_format: "iiko_soi",
    auth_type: "bearer",
    auth_token: "***",
    send_on_order_updated: false,
    filter_order_types: ["DELIVERY"],
  });
  await send(makeEvent());
  const [request] = await receiver.waitFor(1);
  expect(request?.headers.authorization).toBe("Bearer senler-token");
  expect(JSON.parse(request?.body ?? "")).toMatchObject({ type: "CREATE", readableNumber: "515" });
});

test("the guide's three webhooks are built by hand, and what the preview shows is what arrives", async ({
  page,
  product,
  api,
  receiver,
  send,
}) => {
  test.slow();
  await signIn({ page, product });
  const form = page.getByRole("region", { name: "Что будет отправлено" });
  const open = async () => {
    await page.goto(`${product.url}/webhooks`);
    await page.getByRole("link", { name: "➕ Добавить Вебхук" }).click();
    await expect(page.getByRole("heading", { name: "Новый вебхук" })).toBeVisible();
  };
  const save = async (name: string) => {
    await page.getByRole("button", { name: "✅ Сохранить" }).click();
    await expect(page.getByRole("article", { name })).toBeVisible();
  };

  await test.step("Senler", async () => {
    await open();
    await page.getByLabel("Название").fill("Senler VK Notifications");
    await page.getByLabel("Описание").fill("Отправка заказов доставки в Senler");
    await page.getByLabel("URL Вебхука").fill(`${receiver.url}/senler`);
    await page.getByRole("radio", { name: "iiko SOI API" }).click();
    await page.getByRole("radio", { name: "Bearer Token" }).click();
    await page.getByLabel("Token", { exact: true }).fill("senler-token");
    await page.getByRole("checkbox", { name: "При обновлении заказа" }).click();
    await page.getByRole("checkbox", { name: "DELIVERY" }).click();
    await expect(form.getByText('"orderAmount": 1520.5')).toBeVisible();
    await expect(form.getByText("authorization: Bearer ***")).toBeVisible();
    await save("Senler VK Notifications");
  });

  await test.step("CRM", async () => {
    await open();
    await page.getByLabel("Название").fill("CRM Sync");
    await page.getByLabel("URL Вебхука").fill(`${receiver.url}/crm`);
    await page.getByRole("radio", { name: "Пользовательский", exact: true }).click();
    await page.getByRole("radio", { name: "Basic Auth" }).click();
    await page.getByLabel("Username").fill("crm");
    await page.getByLabel("Password").fill("пароль");
    await page.getByRole("checkbox", { name: "При отмене заказа" }).click();
    await expect(form.getByText('"total_amount": 152050')).toBeVisible();
    await save("CRM Sync");
  });

  await test.step("Analytics", async () => {
    await open();
    await page.getByLabel("Название").fill("Analytics System");
    await page.getByLabel("URL Вебхука").fill(`${receiver.url}/analytics`);
    await page.getByRole("radio", { name: "iiko Cloud API", exact: true }).click();
    await page.getByRole("checkbox", { name: "При создании заказа" }).click();
    await page.getByRole("checkbox", { name: "При обновлении заказа" }).click();
    await page.getByLabel("По статусу: JSON массив").fill('["Delivered", "Closed"]');
    await expect(page.getByRole("checkbox", { name: "Closed" })).toBeChecked();
    await expect(form.getByText('"eventType": "DeliveryOrderUpdate"')).toBeVisible();
    await save("Analytics System");
  });

  const saved = (await api.get("/outgoing-webhooks")).body as Webhook[];
  expect(saved.map((webhook) => webhook.name)).toEqual([
    "Analytics System",
    "CRM Sync",
    "Senler VK Notifications",
  ]);
  expect(saved[0]).toMatchObject({
    payload_format: "iiko_cloud",
    send_on_order_created: false,
    send_on_order_updated: false,
    send_on_order_status_changed: true,
    send_on_order_cancelled: false,
    filter_statuses: ["Delivered", "Closed"],
    filter_order_types: null,
  });

  // A delivered order goes to all three; what the form shows for it must be what they got.
  const event = makeEvent({
    name: "order.status_changed",
    order: { status: "Delivered" },
    previousStatus: "OnWay",
  });
  await send(event);
  const requests = await receiver.waitFor(3);
  await page.goto(`${product.url}/webhooks`);
  for (const [name, path] of [
    ["Senler VK Notifications", "/senler"],
    ["CRM Sync", "/crm"],
    ["Analytics System", "/analytics"],
  ] as const) {
    await page.goto(`${product.url}/webhooks`);
    await page.getByRole("link", { name: `✏️ Редактировать: ${name}` }).click();
    await page.getByLabel("Для события").selectOption(event.id);
    await expect(form.getByText("будет отправлено", { exact: true })).toBeVisible();
    const shown = JSON.parse(await page.getByRole("region", { name: "Тело запроса" }).innerText()) as Json;
    const sent = JSON.parse(requests.find((request) => request.path === path)?.body ?? "") as Json;
    expect(withoutDelivery(shown)).toEqual(withoutDelivery(sent));
  }
  await page.goto(`${product.url}/webhooks`);
  await expectAccessible(page);
  await takeScreenshots({ page, name: "webhooks" });
});

test("🧪 shows the status code and the time, or what went wrong and what to do", async ({
  page,
  product,
  addWebhook,
  receiver,
}) => {
  const webhook = await addWebhook({ name: "CRM Sync", timeout_seconds: 5 });
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks`);
  await page.getByRole("button", { name: "🧪 Тестировать: CRM Sync" }).click();
  const dialog = page.getByRole("dialog", { name: "Тест вебхука" });
  await expect(dialog.getByText("✅ Успех")).toBeVisible();
  await expect(dialog.getByText("Статус код 200")).toBeVisible();
  await expect(dialog.getByText(/Время ответа \d+ мс/)).toBeVisible();
  await expect(dialog.getByText('"This is a test webhook from iiko-base"')).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "webhook-test-success" });

  const again = async () => {
    await dialog.getByRole("button", { name: "Отправить ещё раз" }).click();
    await expect(dialog.getByText("❌ Ошибка")).toBeVisible();
  };
  receiver.always(answer(401, { body: { error: "no such token" } }));
  await again();
  await expect(dialog.getByText("Статус код 401")).toBeVisible();
  await expect(dialog.getByText("Проверьте токен или пароль")).toBeVisible();
  await expect(dialog.getByText('"no such token"')).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "webhook-test-failure" });

  receiver.always(redirect("https://elsewhere.example/orders"));
  await again();
  await expect(dialog.getByText("По перенаправлениям вебхуки не ходят").first()).toBeVisible();
  receiver.always(hang());
  await again();
  await expect(dialog.getByText("увеличьте таймаут")).toBeVisible();

  await dialog.getByRole("link", { name: "Открыть запись в логах" }).click();
  await expect(page).toHaveURL(/\/logs\/\d+$/);
  expect(webhook.id).toBeGreaterThan(0);
});

test("⏸ and ▶️ switch, 🗑️ asks and takes the log along, search and state stand in the address", async ({
  page,
  product,
  addWebhook,
  send,
  attemptsOf,
  api,
}) => {
  const first = await addWebhook({ name: "Первый" });
  await addWebhook({ name: "Второй", description: "для аналитики" });
  await send(makeEvent());
  await attemptsOf(first, 1);
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks`);

  await page.getByRole("button", { name: "⏸ Выключить: Первый" }).click();
  await expect(page.getByRole("article", { name: "Первый" }).getByText("⏸ На паузе")).toBeVisible();
  expect((await api.get(`/outgoing-webhooks/${first.id}`)).body).toMatchObject({ is_active: false });
  await page.getByRole("link", { name: /^Выключенные/ }).click();
  await expect(page).toHaveURL(/state=inactive/);
  await expect(page.getByRole("article")).toHaveCount(1);
  await page.getByRole("button", { name: "▶️ Включить: Первый" }).click();
  await expect(page.getByRole("heading", { name: "Ничего не нашлось" })).toBeVisible();

  await page.getByRole("link", { name: "Показать все" }).click();
  await expect(page.getByRole("article")).toHaveCount(2);
  await page.getByRole("searchbox").fill("АНАЛИТИК");
  await expect(page).toHaveURL(/q=/);
  await expect(page.getByRole("article")).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole("article", { name: "Второй" })).toBeVisible();
  await page.getByRole("searchbox").fill("");
  await expect(page.getByRole("article")).toHaveCount(2);

  await page.getByRole("button", { name: "🗑️ Удалить: Первый" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText("логи отправок также будут удалены!")).toBeVisible();
  await dialog.getByRole("button", { name: "Отмена" }).click();
  await expect(page.getByRole("article", { name: "Первый" })).toBeVisible();
  await page.getByRole("button", { name: "🗑️ Удалить: Первый" }).click();
  await dialog.getByRole("button", { name: "Удалить вебхук и логи" }).click();
  // While it is open it hides the page from roles, so no article would prove nothing.
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("article", { name: "Первый" })).toHaveCount(0);
  expect((await api.get(`/outgoing-webhooks/${first.id}`)).status).toBe(404);
});

test("a webhook's own page tells how it goes and resends what failed", async ({
  page,
  product,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  receiver.always(answer(500));
  const webhook = await addWebhook({
    name: "CRM Sync",
    retry_count: 0,
    auth_type: "bearer",
    auth_token: "t",
  });
  const order = makeOrder();
  await send([makeEvent({ order }), makeEvent()]);
  await attemptsOf(webhook, 2);
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks`);
  await page.getByRole("link", { name: "CRM Sync", exact: true }).first().click();
  await expect(page.getByRole("heading", { name: "CRM Sync" })).toBeVisible();
  await expect(page.getByText("Сбой на стороне получателя (5xx)").first()).toBeVisible();
  await expect(page.getByText(`${receiver.url}/hook`).first()).toBeVisible();
  await expect(page.getByText("Запросов: 2, из них с ошибкой: 2.")).toBeVisible();
  await expect(page.getByText("Bearer Token")).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "webhook" });

  receiver.always(answer(200));
  await page.getByLabel("Не доставлено:").selectOption("hour");
  await page.getByRole("button", { name: "Отправить недоставленное повторно" }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /Отправить 2/ })
    .click();
  await attemptsOf(webhook, 4);
  // The page keeps up by itself.
  await expect(page.getByText("Запросов: 4, из них с ошибкой: 2.")).toBeVisible();
  await page.getByRole("link", { name: "Все логи" }).click();
  await expect(page).toHaveURL(new RegExp(`/logs\\?webhook=${webhook.id}`));

  for (const missing of ["/webhooks/999999", "/webhooks/0", "/webhooks/abc", "/webhooks/999999/edit"]) {
    await page.goto(`${product.url}${missing}`);
    await expect(page.getByRole("heading", { name: "Такой страницы нет" })).toBeVisible();
  }
});

test("a webhook whose filter lets nothing through says so, and the list of orders names whom an order reached", async ({
  page,
  product,
  addWebhook,
  send,
  receiver,
}) => {
  const nobody = ["0f0e0d0c-0b0a-4908-8706-050403020100"];
  const { id } = await addWebhook({ name: "Другой город", filter_organization_ids: nobody });
  await addWebhook({ name: "CRM Sync" });
  const order = makeOrder();
  await send(makeEvent({ order }));
  await receiver.waitFor(1);
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks/${id}`);
  await expect(page.getByText(/не подошло.*другая организация: \d+/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Изменить события и фильтры" }).click();
  await expect(page).toHaveURL(`${product.url}/webhooks/${id}/edit`);
  await page.goto(`${product.url}/orders?q=${order.external_order_id}`);
  await expect(page.getByText("доставлено: CRM Sync")).toBeVisible();
});

test("the pages speak English too", async ({ page, product, addWebhook }) => {
  const webhook = await addWebhook({ name: "CRM Sync" });
  await signIn({ page, product });
  await speak({ page, product, locale: "en" });
  await page.goto(`${product.url}/webhooks`);
  await expect(page.getByRole("link", { name: "➕ Add webhook" })).toBeVisible();
  await page.getByRole("button", { name: "🧪 Test: CRM Sync" }).click();
  await expect(page.getByText("Status code 200")).toBeVisible();
  await page.goto(`${product.url}/webhooks/${webhook.id}/edit`);
  await page.getByLabel("Name", { exact: true }).fill("");
  await page.getByLabel("Webhook URL").fill("http://10.0.0.5/x");
  await page.getByRole("button", { name: "✅ Save" }).click();
  await expect(page.getByText("Give it a name of at most 255 characters.")).toBeVisible();
  await expect(page.getByText("10.0.0.5 is a private address")).toBeVisible();
});

/** A delivery's id is new each time; everything else must be the same. */
function withoutDelivery(payload: Json): Json {
  const { transactionDetails, ...rest } = payload as { transactionDetails?: Json };
  return { ...rest, transactionDetails: { ...transactionDetails, correlationId: null } };
}
