import { readFile } from "node:fs/promises";
import { answer } from "@/lib/outbound/testing/behaviours";
import { expectAccessible, signIn, speak, takeScreenshots } from "./support/panel";
import { expect, test, type Webhook } from "./support/test";

test("a duplicate opens as a form without the secrets, and is made switched off", async ({
  page,
  product,
  api,
  addWebhook,
}) => {
  await addWebhook({
    name: "CRM Sync",
    auth_type: "custom",
    custom_headers: { "X-API-Key": "k3y-of-crm" },
    filter_statuses: ["OnWay"],
    retry_count: 7,
  });
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks`);
  await page
    .getByRole("button", { name: /CRM Sync/ })
    .last()
    .click();
  await page.getByRole("menuitem", { name: "Дублировать" }).click();
  await expect(page.getByLabel("Название")).toHaveValue("CRM Sync (копия)");
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(page.getByText("Впишите значение этого заголовка или уберите его.")).toBeVisible();
  await page.getByLabel("Значение заголовка 1").fill("k3y-of-copy");
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(page.getByRole("article", { name: "CRM Sync (копия)" })).toBeVisible();
  const [copy] = (await api.get("/outgoing-webhooks")).body as Webhook[];
  expect(copy).toMatchObject({
    name: "CRM Sync (копия)",
    is_active: false,
    retry_count: 7,
    filter_statuses: ["OnWay"],
    custom_headers: { "X-API-Key": "***" },
  });
});

test("an export is imported again with the secrets typed; an error names its entry and field", async ({
  page,
  product,
  api,
  addWebhook,
}, info) => {
  await addWebhook({ name: "Senler", auth_type: "bearer", auth_token: "s3nler-t0ken" });
  await addWebhook({ name: "Analytics" });
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks`);
  await page.getByRole("button", { name: "Экспорт и импорт" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Экспорт всех в файл" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^webhooks-\d{4}-\d\d-\d\d\.json$/);
  const path = info.outputPath("webhooks.json");
  await download.saveAs(path);
  const text = await readFile(path, "utf8");
  expect(text).not.toContain("s3nler-t0ken");
  const file = JSON.parse(text);
  expect(file.secrets_left_out).toEqual([["auth_token"], []]);
  const posted = await api.post("/outgoing-webhooks", file.webhooks[1]);
  expect(posted.status).toBe(201);

  await page.goto(`${product.url}/webhooks/import`);
  const choose = (content: string) =>
    page
      .getByLabel("Файл")
      .setInputFiles({ name: "w.json", mimeType: "application/json", buffer: Buffer.from(content) });
  await choose("{ no json");
  await expect(page.getByText("Это не JSON: файл не прочитался.")).toBeVisible();
  await choose(
    JSON.stringify([...file.webhooks, { name: "Broken", webhook_url: "https://x.example", retry_cout: 1 }]),
  );
  await expect(page.getByText("В файле 3 вебхука, отмечено 2.")).toBeVisible();
  await expect(page.getByText("retry_cout:")).toBeVisible();
  await page.getByRole("button", { name: "Создать 2 вебхука" }).click();
  await expect(page.getByText(/стоит вместо секрета|Проверьте отмеченные поля/).first()).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "webhooks-import" });
  await page.getByLabel("auth_token").fill("s3nler-t0ken");
  await page.getByRole("button", { name: "Создать 2 вебхука" }).click();
  await expect(page).toHaveURL(/\/webhooks$/);
  const made = ((await api.get("/outgoing-webhooks")).body as Webhook[]).slice(0, 2);
  expect(made.map(({ name, is_active }) => [name, is_active]).sort()).toEqual([
    ["Analytics", false],
    ["Senler", false],
  ]);
});

test("many webhooks at once: tested, paused, switched on, exported, deleted; what fails is named", async ({
  page,
  product,
  api,
  receiver,
  addWebhook,
}) => {
  test.slow();
  for (let number = 1; number <= 7; number += 1) {
    const url = number === 3 ? `${receiver.url}/broken` : `${receiver.url}/hook`;
    await addWebhook({ name: `Getter ${number}`, webhook_url: url });
  }
  receiver.always((response, request) => answer(request.path === "/broken" ? 500 : 200)(response, request));
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks`);
  await page.getByRole("checkbox", { name: "Выбрать все на странице" }).click();
  const bar = page.getByRole("region", { name: "Выбранные вебхуки" });
  await expect(bar.getByText("Выбрано: 7")).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "webhooks-bulk" });

  await bar.getByRole("button", { name: "Тестировать" }).click();
  const results = page.getByRole("dialog");
  await expect(results.getByText("Успешно 6 из 7.")).toBeVisible();
  await expect(results.getByRole("listitem").filter({ hasText: "Getter 3" })).toContainText("500");
  await expectAccessible(page);
  await takeScreenshots({ page, name: "webhooks-bulk-tests" });
  await results.getByRole("button", { name: "Закрыть" }).last().click();

  const active = async () =>
    ((await api.get("/outgoing-webhooks?is_active=true")).body as Webhook[]).map(({ name }) => name).sort();
  await bar.getByRole("button", { name: "Пауза" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Поставить на паузу: 7" }).click();
  await expect(page.getByText("На паузе 7 вебхуков")).toBeVisible();
  expect(await active()).toEqual([]);

  await page.getByRole("checkbox", { name: "Выбрать: Getter 1" }).click();
  await page.getByRole("checkbox", { name: "Выбрать: Getter 2" }).click();
  await bar.getByRole("button", { name: "Включить" }).click();
  await expect(page.getByText("Включены 2 вебхука")).toBeVisible();
  expect(await active()).toEqual(["Getter 1", "Getter 2"]);

  await page.getByRole("checkbox", { name: "Выбрать: Getter 1" }).click();
  await page.getByRole("checkbox", { name: "Выбрать: Getter 4" }).click();
  const gone = ((await api.get("/outgoing-webhooks")).body as Webhook[]).find(
    ({ name }) => name === "Getter 4",
  );
  await bar.getByRole("button", { name: "Удалить" }).click();
  await api.delete(`/outgoing-webhooks/${gone?.id}`);
  await page.getByRole("alertdialog").getByRole("button", { name: "Удалить с логами: 2" }).click();
  await expect(results.getByText("Успешно 1 из 2.")).toBeVisible();
  await expect(results.getByText("Getter 4")).toBeVisible();
  await results.getByRole("button", { name: "Закрыть" }).last().click();
  await expect(page.getByRole("article")).toHaveCount(5);

  await speak({ page, product, locale: "en" });
  await page.goto(`${product.url}/webhooks`);
  await page.getByRole("checkbox", { name: "Select: Getter 5" }).click();
  await expect(page.getByText("Selected: 1")).toBeVisible();
  await takeScreenshots({ page, name: "webhooks-bulk-en" });
  await speak({ page, product, locale: "ru" });
});
