import { makeEvent } from "./support/orders";
import { addUser, expectAccessible, signIn, speak, takeScreenshots } from "./support/panel";
import { callAction, signIn as openSession } from "./support/session";
import { expect, type Json, test, type Webhook } from "./support/test";

test("a webhook to the inspector: refused twice, taken at the third attempt, all of it in sight", async ({
  page,
  product,
  api,
  send,
  attemptsOf,
}) => {
  test.slow();
  // Another test of this product may have sent something there.
  const { cookie } = await openSession({ url: product.url });
  await callAction({ url: product.url, cookie, name: "clearInspectorAction", input: {} });
  await signIn({ page, product });
  await page.goto(`${product.url}/overview`);
  await page.getByRole("link", { name: "Инспектор" }).click();
  await expect(page.getByRole("heading", { name: "Запросов ещё не было" })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "inspector-empty" });

  await page.getByLabel("Ответ", { exact: true }).selectOption("500");
  await page.getByLabel("Когда").selectOption("first");
  await page.getByLabel("N", { exact: true }).fill("2");
  await page.getByRole("button", { name: "Применить" }).click();
  await expect(page.getByText("Инспектор отвечает по-новому")).toBeVisible();

  await page.getByRole("link", { name: "Создать вебхук на инспектор" }).click();
  await expect(page.getByLabel("URL Вебхука")).toHaveValue(/\/api\/inspector\/[\w-]{32}$/);
  await page.getByLabel("Задержка между попытками").fill("1");
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(page.getByText("Проверка на инспекторе").first()).toBeVisible();
  const [webhook] = (await api.get("/outgoing-webhooks")).body as Webhook[];
  if (!webhook) throw new Error("The webhook was not created.");
  await api.patch(`/outgoing-webhooks/${webhook.id}`, {
    retry_delay_seconds: 1,
    auth_type: "bearer",
    auth_token: "t0ken-of-probe",
  });
  await api.post(`/outgoing-webhooks/${webhook.id}/rotate-secret`);

  await send(makeEvent());
  const attempts = await attemptsOf(webhook, 3);
  expect(
    attempts.map(({ attempt_number, response_status }: Json) => [attempt_number, response_status]),
  ).toEqual([
    [1, 500],
    [2, 500],
    [3, 200],
  ]);

  await page.goto(`${product.url}/inspector`);
  const list = page.getByRole("navigation", { name: "Запросы" });
  await expect(list.getByRole("link")).toHaveCount(3);
  await expect(list.getByRole("link").first()).toContainText("попытка 3");
  await expect(list.getByText("3-й с этим webhook-id")).toBeVisible();
  await expect(page.getByText("Подпись верна", { exact: true })).toBeVisible();
  await expect(page.getByText("Bearer t0ken-of-probe")).toBeVisible();
  await expect(page.getByText("Authorization", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "inspector" });
  await list.getByRole("link").last().click();
  await expect(page).toHaveURL(/request=/);
  await expect(page.getByText("Ответ 500")).toBeVisible();
  await expect(page.getByText("Подпись верна", { exact: true })).toBeVisible();
  await takeScreenshots({ page, name: "inspector-request" });
  await page.getByRole("link", { name: "Эта попытка в логах" }).click();
  await expect(page).toHaveURL(new RegExp(`/logs/${attempts[0]?.id}$`));

  await speak({ page, product, locale: "en" });
  await page.goto(`${product.url}/inspector`);
  await expect(page.getByRole("heading", { name: "Inspector" })).toBeVisible();
  await takeScreenshots({ page, name: "inspector-en" });
  await speak({ page, product, locale: "ru" });
});

test("an operator sees the inspector without secrets and changes nothing", async ({
  page,
  product,
  browser,
}) => {
  await signIn({ page, product });
  const user = await addUser({ product, role: "operator" });
  await page.goto(`${product.url}/inspector`);
  const address = await page.locator("code", { hasText: "/api/inspector/" }).innerText();
  const path = new URL(address).pathname;
  await fetch(product.url + path, {
    method: "POST",
    body: "{}",
    headers: { authorization: "Bearer s3cret" },
  });

  const context = await browser.newContext();
  const theirs = await context.newPage();
  await signIn({ page: theirs, product, user });
  await theirs.goto(`${product.url}/inspector`);
  await expect(theirs.getByText("Сейчас:")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Применить" })).toHaveCount(0);
  await expect(theirs.getByText("s3cret")).toHaveCount(0);
  await context.close();
});
