import { rm } from "node:fs/promises";
import { answer } from "@/lib/outbound/testing/behaviours";
import { makeDataDir } from "./support/database";
import { freePort } from "./support/free-port";
import { makeEvent } from "./support/orders";
import {
  addUser,
  expectAccessible,
  expectNoSidewaysScroll,
  signIn,
  takeScreenshots,
  WIDTHS,
} from "./support/panel";
import { startProduct } from "./support/product";
import { actionId } from "./support/session";
import { expect, type Json, test, type Webhook } from "./support/test";

test("without a network a save, a pause and a test say so; the form and the list stay, and go on when it is back", async ({
  page,
  product,
  api,
  addWebhook,
}) => {
  await addWebhook({ name: "Список" });
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks/new`);
  await page.getByLabel("Название").fill("Набрано");
  await page.getByLabel("Описание").fill("долго набиралось");
  await page.getByLabel("URL Вебхука").fill("https://example.com/hook");
  await expect(page.getByText(/Из последних|Событий заказов ещё/).first()).toBeVisible();
  await page.context().setOffline(true);
  const save = page.getByRole("button", { name: "✅ Сохранить" });
  await save.click();
  await expect(page.getByText(/^Нет связи с сервером\. Ничего не потеряно/)).toBeVisible();
  await expect(page.getByLabel("Описание")).toHaveValue("долго набиралось");
  await takeScreenshots({ page, name: "offline-form" });
  await page.context().setOffline(false);
  await save.click();
  await expect(page.getByRole("article", { name: "Набрано" })).toBeVisible();
  expect((await api.get("/outgoing-webhooks")).body).toHaveLength(2);

  await page.context().setOffline(true);
  await page.getByRole("button", { name: /^⏸.*Набрано/ }).click();
  const asked = page.getByRole("dialog").or(page.getByRole("alertdialog"));
  if (await asked.isVisible()) await asked.getByRole("button", { name: /⏸|Отключить|Приостановить/ }).click();
  await expect(page.getByText(/^Нет связи с сервером\. Ничего не потеряно/).first()).toBeVisible();
  await page.reload().catch(() => undefined);
  await page.context().setOffline(false);
  await page.goto(`${product.url}/webhooks`);
  // Its code comes after the page.
  await page.getByRole("button", { name: /^🧪.*Список/ }).click();
  await expect(page.getByRole("dialog").getByText("Успех")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.context().setOffline(true);
  await page.getByRole("button", { name: /^🧪.*Набрано/ }).click();
  await expect(page.getByRole("dialog").getByText(/^Нет связи с сервером/)).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Закрыть" }).first().click();
  await expect(page.getByRole("article", { name: "Набрано" })).toBeVisible();
  await page.context().setOffline(false);
});

test("while the server is stopped the form keeps what is typed and the list stays; both go on at its return", async ({
  page,
}) => {
  const [dataDir, port] = [await makeDataDir(), await freePort()];
  const first = await startProduct({ dataDir, port });
  await signIn({ page, product: first });
  const list = await page.context().newPage();
  await list.clock.install();
  await list.goto(`${first.url}/webhooks`);
  await expect(list.getByRole("link", { name: /Добавить/ }).first()).toBeVisible();
  await page.goto(`${first.url}/webhooks/new`);
  await page.getByLabel("Название").fill("Переживёт");
  await page.getByLabel("URL Вебхука").fill("https://example.com/hook");
  await first.stop();

  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(page.getByText(/^Нет связи с сервером\. Ничего не потеряно/)).toBeVisible();
  await expect(page.getByLabel("Название")).toHaveValue("Переживёт");
  await list.clock.runFor(30_000);
  await expect(list.getByText(/Нет связи с сервером: показано последнее/)).toBeVisible();
  await expect(list.getByRole("heading", { name: "Исходящие Вебхуки" })).toBeVisible();
  await takeScreenshots({ page: list, name: "offline-list" });

  const second = await startProduct({ dataDir, port });
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(page.getByRole("article", { name: "Переживёт" })).toBeVisible();
  await list.clock.runFor(60_000);
  await expect(list.getByRole("article", { name: "Переживёт" })).toBeVisible();
  await expect(list.getByText(/Нет связи с сервером/)).toHaveCount(0);
  await second.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test("a session that ended elsewhere is renewed over the form, which then saves by itself", async ({
  page,
  product,
  api,
  browser,
}) => {
  await signIn({ page, product });
  const user = await addUser({ product, role: "manager" });
  const contexts = await Promise.all([1, 2].map(() => browser.newContext({ locale: "ru-RU" })));
  const [own, elsewhere] = await Promise.all(contexts.map((context) => context.newPage()));
  if (!own || !elsewhere) throw new Error("No pages.");
  const { password } = user;
  await signIn({ page: own, product, user });
  await signIn({ page: elsewhere, product, user });

  await own.goto(`${product.url}/webhooks/new`);
  await own.getByLabel("Название").fill("Не пропал");
  await own.getByLabel("URL Вебхука").fill("https://example.com/hook");
  await own.getByRole("radio", { name: "Bearer Token" }).click();
  await own.getByLabel("Token", { exact: true }).fill("secret-token");
  await elsewhere.goto(`${product.url}/settings/sessions`);
  await elsewhere.getByRole("button", { name: "Завершить все остальные" }).click();
  await expect(elsewhere.getByText("Готово: входить придётся заново")).toBeVisible();

  const dialog = own.getByRole("dialog", { name: "Сеанс закончился" });
  await own.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(dialog.locator('input[type="email"]')).toHaveValue(user.email);
  await expectAccessible(own);
  await takeScreenshots({ page: own, name: "session-ended" });
  // Who does not want to, stays on the page with all that is typed.
  await own.keyboard.press("Escape");
  await expect(own.getByText("Сеанс закончился: войдите снова.")).toBeVisible();
  await expect(own.getByLabel("Token", { exact: true })).toHaveValue("secret-token");
  await own.getByRole("button", { name: "✅ Сохранить" }).click();
  await dialog.locator('input[type="password"]').fill("not the password");
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog.getByText("Неверный e-mail или пароль.")).toBeVisible();
  await dialog.locator('input[type="password"]').fill(password);
  await dialog.locator('button[type="submit"]').click();
  await expect(own.getByRole("article", { name: "Не пропал" })).toBeVisible();
  const saved = (await api.get("/outgoing-webhooks")).body as Webhook[];
  expect(saved).toMatchObject([{ name: "Не пропал", auth_type: "bearer" }]);
  await Promise.all(contexts.map((context) => context.close()));
});

test("a secret that is shown once is not lost by Esc or a click beside it", async ({ page, product }) => {
  await signIn({ page, product });
  await page.goto(`${product.url}/settings/tokens`);
  await page
    .getByRole("button", { name: "Создать токен" })
    .or(page.getByRole("button", { name: /токен/i }))
    .first()
    .click();
  await page.getByRole("dialog").locator('input[name="name"]').fill("Один раз");
  await page.getByRole("dialog").getByRole("button", { name: "Создать" }).click();
  const secret = page.getByRole("dialog").locator("code");
  await expect(secret).toBeVisible();
  const token = await secret.innerText();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  await expect(secret).toHaveText(token);
  await expectAccessible(page);
});

test("what is not there answers 404 with a page that leads back", async ({ page, product }) => {
  await signIn({ page, product });
  const paths = [
    "/webhooks/999999",
    "/webhooks/abc",
    "/webhooks/999999/edit",
    "/logs/999999",
    "/logs/abc",
    "/orders/no-such-event",
    "/nope",
    "/settings/nope",
  ];
  for (const path of paths) {
    const shown = await page.goto(`${product.url}${path}`);
    expect(shown?.status(), path).toBe(404);
    await expect(page.getByText("Такой страницы нет"), path).toBeVisible();
  }
  await expectAccessible(page);
  expect((await page.request.get(`${product.url}/favicon.ico`)).status()).toBe(200);
  expect((await page.goto(`${product.url}/webhooks`))?.status()).toBe(200);
});

test("an idle page asks little, a hidden one nothing, and what happens is shown", async ({
  page,
  product,
  addWebhook,
  send,
  attemptsOf,
}) => {
  const webhook = await addWebhook({ name: "Тихий" });
  await send(makeEvent());
  await attemptsOf(webhook, 1);
  await signIn({ page, product });
  await page.clock.install();
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    // Code, and what the menu's links lead to, is fetched ahead once, whenever the browser finds the time.
    const isAhead = request.headers()["next-router-prefetch"] !== undefined;
    if (!isAhead && !pathname.startsWith("/_next/static/")) asked.push(pathname);
  });
  const idleFor31Seconds = async () => {
    await page.waitForLoadState("networkidle");
    asked.length = 0;
    for (let second = 0; second < 31; second += 1) {
      await page.clock.runFor(1_000);
      await page.waitForLoadState("networkidle");
    }
    return asked.length;
  };
  const counts: Record<string, number> = {};
  for (const path of ["/webhooks", `/webhooks/${webhook.id}`, "/overview", "/orders", "/logs"]) {
    await page.goto(`${product.url}${path}`);
    counts[path] = await idleFor31Seconds();
    // The log asks every five seconds; once a minute a page is read anew.
    expect(counts[path], `${path}: ${asked.join(" ")}`).toBeLessThanOrEqual(8);
  }
  console.log("requests of an idle page in 31 s:", counts);

  await page.goto(`${product.url}/webhooks`);
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  expect(await idleFor31Seconds()).toBe(0);
  await send(makeEvent());
  await attemptsOf(webhook, 2);
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "visible", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(
    page.getByRole("article", { name: "Тихий" }).getByText("2", { exact: true }).first(),
  ).toBeVisible();
});

test("what an action came to is looked for within seconds", async ({
  page,
  product,
  addWebhook,
  send,
  attemptsOf,
}) => {
  const webhook = await addWebhook({ name: "Отдохнул" });
  await signIn({ page, product });
  await page.clock.install();
  await page.goto(`${product.url}/webhooks`);
  await page.getByRole("button", { name: "⏸ Выключить: Отдохнул" }).click();
  await expect(page.getByRole("button", { name: "▶️ Включить: Отдохнул" })).toBeVisible();
  await send(makeEvent());
  await page.goto(`${product.url}/webhooks`);
  await page.clock.pauseAt(new Date(Date.now() + 60_000));
  await page.getByRole("button", { name: "▶️ Включить: Отдохнул" }).click();
  await expect(page.getByRole("button", { name: "⏸ Выключить: Отдохнул" })).toBeVisible();
  await attemptsOf(webhook, 1);
  // It usually asks every ten seconds.
  for (let second = 0; second < 5; second += 1) {
    await page.clock.runFor(1_000);
    await page.waitForLoadState("networkidle");
  }
  const sent = page.getByRole("article", { name: "Отдохнул" }).locator("dl > div", { hasText: "Отправлено" });
  await expect(sent).toHaveText("Отправлено1");
});

test("a webhook with few successes is not shown as one that works, and a test that got 410 switches nothing off", async ({
  page,
  product,
  api,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  const webhook = await addWebhook({ name: "Сорок пять", retry_count: 0 });
  receiver.always(answer(500));
  await send(Array.from({ length: 6 }, () => makeEvent()));
  await attemptsOf(webhook, 6);
  receiver.always(answer(200));
  await send(Array.from({ length: 5 }, () => makeEvent()));
  await attemptsOf(webhook, 11);
  await signIn({ page, product });
  await page.goto(`${product.url}/overview`);
  const row = page.getByRole("region", { name: "Вебхуки" }).getByRole("listitem").first();
  await expect(row).toContainText("С перебоями");
  await expect(row).not.toContainText("Работает");
  await takeScreenshots({ page, name: "unsteady-overview" });
  for (const path of ["/webhooks", `/webhooks/${webhook.id}`]) {
    await page.goto(`${product.url}${path}`);
    await expect(page.getByText("С перебоями").first()).toBeVisible();
  }

  receiver.always(answer(410));
  await page.getByRole("button", { name: /^🧪/ }).first().click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Получатель больше не принимает вебхуки")).toBeVisible();
  await expect(dialog.getByText(/поэтому вебхук выключен/)).toHaveCount(0);
  expect((await api.get(`/outgoing-webhooks/${webhook.id}`)).body).toMatchObject({ is_active: true });
  await expectAccessible(page);
});

test("names of 255 characters widen no page", async ({ page, product, addWebhook, send, attemptsOf }) => {
  test.slow();
  const webhook = await addWebhook({ name: "Д".repeat(255), description: "о".repeat(400) });
  await send(makeEvent({ order: { external_order_id: "X".repeat(180), customer_name: "И".repeat(255) } }));
  const [attempt] = await attemptsOf(webhook, 1);
  await signIn({ page, product });
  const paths = [
    "/webhooks",
    `/webhooks/${webhook.id}`,
    `/webhooks/${webhook.id}/edit`,
    "/overview",
    "/logs",
    `/logs/${attempt?.id}`,
    "/orders",
    `/orders/${attempt?.event_id}`,
  ];
  for (const path of paths) {
    await page.goto(`${product.url}${path}`);
    await takeScreenshots({ page, name: `long-names${path.replace(/\W+/g, "-").slice(0, 30)}` });
    for (const width of [1024, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await expectNoSidewaysScroll(page);
      if (path !== "/logs") continue;
      const hidden = await page
        .locator("table")
        .first()
        .evaluate(({ parentElement: frame }) => (frame ? frame.scrollWidth - frame.clientWidth : 0));
      expect(hidden, `the log's table at ${width}`).toBeLessThanOrEqual(0);
      await page.screenshot({ path: `test-results/screenshots/logs-${width}.png` });
    }
    await page.setViewportSize(WIDTHS.desktop);
  }
});

test("on paper the log is whole, light and without its menus", async ({
  page,
  product,
  addWebhook,
  send,
  attemptsOf,
}) => {
  const webhook = await addWebhook({ name: "Печать" });
  await send(makeEvent());
  await attemptsOf(webhook, 1);
  await signIn({ page, product });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(`${product.url}/logs`);
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setViewportSize({ width: 794, height: 1123 });
  await expect(page.getByRole("navigation").first()).toBeHidden();
  await expect(page.getByRole("button").first()).toBeHidden();
  const table = page.locator("table").first();
  const overflow = await table.evaluate(({ parentElement }) =>
    parentElement ? parentElement.scrollWidth - parentElement.clientWidth : 0,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
  // The change takes a hundredth of a millisecond, in which a busy machine may look.
  await expect.poll(ink).toMatch(/^(lab\(1\d\.|oklch\(0\.24|rgb\([1-4]?\d, )/);
  await page.screenshot({ path: "test-results/screenshots/logs-print.png" });
});

test("an order is found by a part, an empty result says what was searched, and the API is described in Russian", async ({
  page,
  product,
  addWebhook,
  send,
  attemptsOf,
}) => {
  const webhook = await addWebhook({ name: "Поиск" });
  await send(makeEvent({ order: { external_order_id: "20260101-777", customer_name: "Пётр Ковалёв" } }));
  await attemptsOf(webhook, 1);
  await signIn({ page, product });
  for (const typed of ["20260101", "777", "ковалев"]) {
    await page.goto(`${product.url}/orders?q=${encodeURIComponent(typed)}`);
    await expect(page.getByRole("row").filter({ hasText: "20260101-777" }), typed).toHaveCount(1);
  }
  await page.goto(`${product.url}/orders?q=nobody-has-this`);
  await expect(page.getByText("Такого заказа нет: «nobody-has-this»")).toBeVisible();
  await takeScreenshots({ page, name: "orders-nothing" });
  await page.goto(`${product.url}/logs?order=nobody-has-this`);
  await expect(page.getByText("Таких отправок нет: заказ «nobody-has-this»")).toBeVisible();

  await page.goto(`${product.url}/api/docs`);
  await expect(page.getByRole("heading", { name: "Создать вебхук" })).toBeVisible();
  await page.getByRole("link", { name: "В панель" }).click();
  await expect(page).toHaveURL(/webhooks/);

  await page.goto(`${product.url}/webhooks/new`);
  const organizations = page.getByLabel("По Organization ID", { exact: true });
  await organizations.fill("550e8400-e29b-41d4-a716-44665544000g");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/не UUID: .*"g" \(U\+0067\).*36/)).toBeVisible();
  await organizations.fill("main-kitchen");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/iiko даёт организациям UUID, а это не UUID: main-kitchen/)).toBeVisible();
  await expectAccessible(page);

  await page.setViewportSize(WIDTHS.phone);
  await page.goto(`${product.url}/webhooks/${webhook.id}`);
  const sent = page.locator("button:has(time)").first();
  await sent.click();
  await expect(sent).toHaveText(/\d\d?[./]\d\d[./]\d{2,4}, \d\d:\d\d:\d\d/);
});

test("a webhook, a token, a user and a delivery sent again without an answer are not made twice when tried again", async ({
  page,
  product,
  api,
  addWebhook,
  send,
  attemptsOf,
}) => {
  await signIn({ page, product });
  const again = async (action: string, press: () => Promise<void>) => {
    let isLost = false;
    await page.route("**/*", async (route) => {
      if (isLost || route.request().headers()["next-action"] !== actionId(action)) return route.fallback();
      isLost = true;
      await route.fetch();
      await route.abort();
    });
    await press();
    await expect(page.getByText(/^Нет связи с сервером\. Ничего не потеряно/)).toBeVisible();
    await press();
  };
  await page.goto(`${product.url}/webhooks/new`);
  await page.getByLabel("Название").fill("Один");
  await page.getByLabel("URL Вебхука").fill("https://example.com/hook");
  await again("createWebhookAction", () => page.getByRole("button", { name: "✅ Сохранить" }).click());
  await expect(page.getByRole("article", { name: "Один" })).toBeVisible();
  expect((await api.get("/outgoing-webhooks")).body).toHaveLength(1);

  await page.goto(`${product.url}/settings/tokens`);
  await page.getByRole("button", { name: "Создать токен" }).first().click();
  await page.getByRole("dialog").locator('input[name="name"]').fill("Одинокий токен");
  await again("createTokenAction", () =>
    page.getByRole("dialog").getByRole("button", { name: "Создать" }).click(),
  );
  const token = await page.getByRole("dialog").locator("code").innerText();
  await page.getByRole("dialog").getByRole("button", { name: "Готово" }).click();
  await expect(page.getByText("Одинокий токен", { exact: true })).toHaveCount(1);
  const asked = await fetch(`${product.url}/api/v1/outgoing-webhooks`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(asked.status).toBe(200);

  await page.goto(`${product.url}/settings/users`);
  await page.getByRole("button", { name: "Добавить пользователя" }).first().click();
  await page.getByRole("dialog").locator('input[name="name"]').fill("Повар");
  await page.getByRole("dialog").locator('input[name="email"]').fill("cook-once@example.com");
  await again("createUserAction", () =>
    page.getByRole("dialog").getByRole("button", { name: "Создать" }).click(),
  );
  await expect(page.getByRole("dialog").locator("code")).toBeVisible();

  const webhook = await addWebhook({ name: "Повтор" });
  const [eventId] = await send(makeEvent());
  const [sent] = await attemptsOf(webhook, 1);
  const resend = async (button: string | RegExp) => {
    await page.getByRole("button", { name: button }).first().click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: /^Отправить/ })
      .click();
  };
  const deliveries = async () => {
    const { decisions } = (await api.get(`/order-events/${eventId}`)).body as { decisions: Json[] };
    return decisions.find(({ webhook_id }) => webhook_id === webhook.id)?.deliveries;
  };
  await page.goto(`${product.url}/logs/${sent?.id}`);
  await again("resendAttemptAction", () => resend("Отправить повторно"));
  await expect(page.getByText("Событие отправлено повторно")).toBeVisible();
  expect(await deliveries()).toHaveLength(2);
  await page.goto(`${product.url}/orders/${eventId}`);
  await again("resendEventAction", () => resend(/: Повтор$/));
  await expect(page.getByText("Событие отправлено вебхуку «Повтор» повторно")).toBeVisible();
  expect(await deliveries()).toHaveLength(3);
});
