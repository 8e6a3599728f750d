import { answer } from "@/lib/outbound/testing/behaviours";
import { makeEvent } from "./support/orders";
import { addUser, expectAccessible, signIn, speak, takeScreenshots } from "./support/panel";
import { expect, type Json, test } from "./support/test";

test("a broken receiver is found, understood, mended and sent to again from the panel alone", async ({
  page,
  product,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  receiver.always(answer(401, { body: { error: "token expired" } }));
  const webhook = await addWebhook({ name: "CRM Sync", retry_count: 1, payload_format: "custom" });
  const event = makeEvent();
  await send(event);
  await attemptsOf(webhook, 2);

  await signIn({ page, product });
  await page.goto(`${product.url}/overview`);
  const row = page.getByRole("listitem").filter({ hasText: "CRM Sync" });
  await expect(row.getByText("Ошибки", { exact: true })).toBeVisible();
  await row.getByRole("link", { name: "Получатель не узнал нас (401)" }).click();

  await expect(page).toHaveURL(/\/logs\/\d+$/);
  await expect(
    page.getByRole("heading", { name: `Попытка 2: заказ ${event.data.order.external_order_id}` }),
  ).toBeVisible();
  await expect(page.getByText("Проверьте токен или пароль")).toBeVisible();
  await expect(page.getByText("Не удались все 2 попытки.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Ответ: Тело" })).toContainText('"error": "token expired"');
  await expect(page.getByRole("region", { name: "Запрос: Тело" })).toContainText('"event": "order.created"');
  await expectAccessible(page);
  await takeScreenshots({ page, name: "attempt-failed" });

  receiver.always(answer(200, { body: { ok: true } }));
  await page.getByRole("button", { name: "Отправить повторно" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Отправить повторно" }).click();
  await expect(page.getByText("Событие отправлено повторно")).toBeVisible();
  await expect(page.getByText("Доставлено", { exact: true })).toBeVisible();
  const [, , resent] = await receiver.waitFor(3);
  expect(JSON.parse(resent?.body ?? "")).toEqual(JSON.parse(receiver.requests[0]?.body ?? ""));
});

test("new rows appear by themselves, but never under the pointer", async ({
  page,
  product,
  addWebhook,
  send,
  attemptsOf,
}) => {
  const webhook = await addWebhook({ name: "Live" });
  await send(makeEvent());
  await attemptsOf(webhook, 1);
  await signIn({ page, product });
  await page.goto(`${product.url}/logs`);
  const rows = page.getByRole("link", { name: /^Live: Открыть отправку/ });
  await expect(rows).toHaveCount(1);
  await send(makeEvent());
  await expect(rows).toHaveCount(2);

  await rows.first().hover();
  await send([makeEvent(), makeEvent()]);
  await expect(page.getByRole("button", { name: "2 новые строки" })).toBeVisible();
  await expect(rows).toHaveCount(2);
  await page.getByRole("button", { name: "2 новые строки" }).click();
  await expect(rows).toHaveCount(4);
});

test("filters stand in the address, and together", async ({
  page,
  product,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  receiver.script(answer(500), answer(500));
  const failing = await addWebhook({ name: "First", retry_count: 0 });
  const event = makeEvent();
  await send(event);
  await attemptsOf(failing, 1);
  const other = await addWebhook({
    name: "Senler VK Notifications and more",
    retry_count: 0,
    send_on_order_cancelled: true,
  });
  const cancelled = makeEvent({ name: "order.cancelled" });
  await send(cancelled);
  await attemptsOf(other, 1);

  await signIn({ page, product });
  await page.goto(`${product.url}/logs`);
  const rows = page.getByRole("row").filter({ has: page.getByRole("link") });
  await expect(rows).toHaveCount(2);
  await page.getByLabel("Вебхук", { exact: true }).selectOption("First");
  await expect(page).toHaveURL(new RegExp(`webhook=${failing.id}`));
  await expect(rows).toHaveCount(1);
  await page.getByText("Успешно", { exact: true }).click();
  await expect(page.getByText("Таких отправок нет")).toBeVisible();
  await page.goBack();
  await expect(rows).toHaveCount(1);
  await page.getByRole("button", { name: "Сбросить" }).click();
  await expect(rows).toHaveCount(2);
  await page.getByLabel("Событие").selectOption("order.cancelled");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(String(cancelled.data.order.external_order_id));
  await page.getByLabel("Событие").selectOption("");
  await page.getByRole("searchbox", { name: "Заказ" }).fill(String(event.data.order.external_order_id));
  await expect(page).toHaveURL(/order=/);
  await expect(rows).toHaveCount(1);
  await page.getByRole("searchbox", { name: "Заказ" }).fill(`#${cancelled.data.order.id}`);
  await expect(page).toHaveURL(/order=%23/);
  await expect(rows).toContainText("Senler VK Notifications");
  await page.goto(`${product.url}/logs?period=hour&status=failed`);
  await expect(rows).toHaveCount(2);
  await page.goto(`${product.url}/logs?until=2020-01-01T00:00:00Z`);
  await expect(page.getByText("Прошедшее время")).toBeVisible();
  await expect(page.getByText("Таких отправок нет")).toBeVisible();
  await page.goto(`${product.url}/logs?webhook=x&status=1&event=y&before=-1`);
  await expect(rows).toHaveCount(2);
  await expectAccessible(page);
  await takeScreenshots({ page, name: "logs" });
});

test("filters chosen while the list is still on its way all hold", async ({ page, product, addWebhook }) => {
  const webhook = await addWebhook({ name: "Quick" });
  await signIn({ page, product });
  await page.goto(`${product.url}/logs`);
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/_rsc=/, async (route) => {
    await released;
    await route.continue();
  });
  await page.getByLabel("Вебхук", { exact: true }).selectOption("Quick");
  await page.getByLabel("Событие").selectOption("order.updated");
  await page.getByRole("searchbox", { name: "Заказ" }).fill("x-1");
  await page.getByRole("searchbox", { name: "Заказ" }).press("Enter");
  await expect(page.getByLabel("Вебхук", { exact: true })).toHaveValue(String(webhook.id));
  release();
  await expect(page).toHaveURL(/order=x-1/);
  const { searchParams } = new URL(page.url());
  expect(Object.fromEntries(searchParams)).toEqual({
    webhook: String(webhook.id),
    event: "order.updated",
    order: "x-1",
  });
});

test("a waiting delivery counts down to its next attempt, and says when its receiver asked for a pause", async ({
  page,
  product,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  receiver.script(answer(500));
  const webhook = await addWebhook({ name: "Broken", retry_delay_seconds: 300 });
  await send(makeEvent());
  const [attempt] = await attemptsOf(webhook, 1);
  await signIn({ page, product });
  await page.goto(`${product.url}/logs/${attempt?.id}`);
  const countdown = page.getByText(/Следующая попытка через 4 мин \d+ с/);
  await expect(countdown).toBeVisible();
  const before = await countdown.innerText();
  await expect(countdown).not.toHaveText(before);

  receiver.always(answer(503, { headers: { "retry-after": "1800" } }));
  const busy = await addWebhook({ name: "Busy" });
  await send(makeEvent());
  const [asked] = await attemptsOf(busy, 1);
  await page.goto(`${product.url}/logs/${asked?.id}`);
  await expect(page.getByText("Ждёт: получатель попросил паузу до")).toBeVisible();
});

test("all that failed within a filter is resent after a count", async ({
  page,
  product,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  receiver.always(answer(500));
  const webhook = await addWebhook({ name: "CRM", retry_count: 0 });
  const other = await addWebhook({ name: "Other", retry_count: 0, send_on_order_created: false });
  await send([makeEvent(), makeEvent(), makeEvent(), makeEvent({ name: "order.updated" })]);
  await attemptsOf(webhook, 4);
  await attemptsOf(other, 1);
  receiver.always(answer(200));

  await signIn({ page, product });
  await page.goto(`${product.url}/logs?event=order.created`);
  await page.getByRole("button", { name: "Отправить недоставленное повторно" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("CRM");
  await expect(dialog).toContainText("3 доставки");
  await expect(dialog).not.toContainText("Other");
  await dialog.getByRole("button", { name: "Отправить 3 доставки" }).click();
  await expect(page.getByText("3 доставки отправлены повторно")).toBeVisible();
  const attempts = await attemptsOf(webhook, 7);
  expect(attempts.slice(4).map((attempt) => attempt.event_type)).toEqual(Array(3).fill("order.created"));
  await page.getByRole("button", { name: "Отправить недоставленное повторно" }).click();
  await expect(page.getByText("повторять нечего")).toBeVisible();
});

test("curl comes without secrets, and what a receiver or an order says stays text", async ({
  page,
  product,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  const attack = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;
  receiver.always(
    answer(500, { body: attack, headers: { "content-type": "text/html", "x-attack": attack } }),
  );
  const webhook = await addWebhook({
    name: attack,
    retry_count: 0,
    auth_type: "bearer",
    auth_token: "very-secret-token",
    payload_format: "custom",
  });
  await send(makeEvent({ order: { external_order_id: attack, customer_name: attack } }));
  const [attempt] = await attemptsOf(webhook, 1);
  await signIn({ page, product });
  for (const path of ["/logs", `/logs/${attempt?.id}`, `/overview`]) {
    await page.goto(`${product.url}${path}`);
    await expect(page.getByText("window.hacked=1").locator("visible=true").first()).toBeVisible();
    expect(await page.evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
    await expect(page.locator("img[src=x]")).toHaveCount(0);
    expect(await page.content()).not.toContain("very-secret-token");
  }
  await page.goto(`${product.url}/logs/${attempt?.id}`);
  await page.getByRole("button", { name: "Скопировать как curl" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Authorization: ***");
  await expect(dialog).toContainText("Подставьте настоящие значения");
  await expectAccessible(page);
});

test("each role sees and does what it may, by address and by direct call", async ({
  page,
  product,
  browser,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  receiver.always(answer(500, { body: "the receiver's own words" }));
  const webhook = await addWebhook({ retry_count: 0 });
  await send(makeEvent());
  const [attempt] = (await attemptsOf(webhook, 1)) as [Json];
  await signIn({ page, product });
  // What a manager's browser sends, to be repeated as somebody else.
  await page.goto(`${product.url}/logs/${attempt.id}`);
  await page.getByRole("button", { name: "Отправить повторно" }).click();
  const [resending] = await Promise.all([
    page.waitForRequest((request) => request.method() === "POST" && "next-action" in request.headers()),
    page.getByRole("alertdialog").getByRole("button", { name: "Отправить повторно" }).click(),
  ]);
  await receiver.waitFor(2);

  for (const role of ["viewer", "operator"] as const) {
    const user = await addUser({ product, role });
    const context = await browser.newContext({ locale: "ru-RU" });
    const own = await context.newPage();
    await signIn({ page: own, product, user });
    await own.goto(`${product.url}/logs`);
    await expect(own.getByRole("button", { name: "Отправить недоставленное повторно" })).toHaveCount(0);
    await own.goto(`${product.url}/logs/${attempt.id}`);
    await expect(own.getByRole("button", { name: "Отправить повторно" })).toHaveCount(0);
    const words = own.getByText("the receiver's own words");
    if (role === "operator") await expect(words).toBeVisible();
    else await expect(own.getByText("видны роли «Оператор» и выше").first()).toBeVisible();
    if (role === "viewer") expect(await own.content()).not.toContain("the receiver's own words");
    const answered = await own.request.post(`${product.url}/logs/${attempt.id}`, {
      headers: {
        "next-action": resending.headers()["next-action"] ?? "",
        "content-type": resending.headers()["content-type"] ?? "",
      },
      data: resending.postData() ?? "",
    });
    expect(await answered.text()).toContain("Для этого нужна роль manager");
    await context.close();
  }
  expect(receiver.requests).toHaveLength(2);
  const stranger = await fetch(`${product.url}/logs/newer?after=0`);
  expect(stranger.status).toBe(401);
});

test("speaks English too", async ({ page, product, addWebhook, send, receiver, attemptsOf }) => {
  receiver.always(answer(404));
  const webhook = await addWebhook({ retry_count: 0 });
  await send(makeEvent());
  const [attempt] = await attemptsOf(webhook, 1);
  await speak({ page, product, locale: "en" });
  await signIn({ page, product });
  await page.goto(`${product.url}/logs`);
  await expect(page.getByRole("heading", { name: "Delivery log" })).toBeVisible();
  await expect(page.getByText("The receiver has no such path (404)")).toBeVisible();
  await page.goto(`${product.url}/logs/${attempt?.id}`);
  await expect(page.getByText("The only attempt failed.")).toBeVisible();
  await page.goto(`${product.url}/logs/999999999`);
  await expect(page.getByText("There is no such page")).toBeVisible();
});
