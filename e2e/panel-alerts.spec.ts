import { rm } from "node:fs/promises";
import { SMTP_USER, startSmtpServer } from "@/lib/alerts/testing/smtp-server";
import { answer } from "@/lib/outbound/testing/behaviours";
import { createApi, sendEvents } from "./support/api";
import { makeDataDir } from "./support/database";
import { makeEvent } from "./support/orders";
import { addUser, expectAccessible, signIn, speak, takeScreenshots } from "./support/panel";
import { ACCESS, startProduct } from "./support/product";
import { created, expect, test } from "./support/test";

const TOKEN = "123456789:bot-token-nobody-may-see";
const CENTRE = "11111111-2222-4333-8444-555555555555";

test("an empty product shows where to begin, and each step is ticked by what came to be", async ({
  page,
  receiver,
}) => {
  // The other tests' product is not empty: it has had their orders.
  const dataDir = await makeDataDir();
  const product = await startProduct({ dataDir });
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks`);
  const steps = page.getByRole("region", { name: "С чего начать" });
  await expect(steps).toContainText(`${product.url}/iiko/e2e-event-key`);
  await expect(steps.getByText("IIKO_WEBHOOKS_EVENT_KEY")).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "first-steps" });
  const api = createApi({ url: product.url, token: ACCESS.apiToken });
  created(await api.post("/outgoing-webhooks", { name: "Test", webhook_url: receiver.url }));
  await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events: makeEvent() });
  await page.goto(`${product.url}/overview`);
  await expect(steps.getByText("Сделано 3 из 4")).toBeVisible({ timeout: 60_000 });
  await expect(steps.getByRole("link", { name: "Настроить" })).toBeVisible();
  await takeScreenshots({ page, name: "first-steps-last" });
  await steps.getByRole("button", { name: "Скрыть подсказку" }).click();
  await expect(steps).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Обзор" })).toBeVisible();
  await expect(steps).toHaveCount(0);
  await product.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test("alerts are set up, tried and told of in the panel, and their secrets are never shown again", async ({
  page,
  product,
  receiver,
}) => {
  const smtp = await startSmtpServer();
  const { port } = new URL(smtp.url);
  await signIn({ page, product });
  await page.goto(`${product.url}/settings/alerts`);
  await takeScreenshots({ page, name: "settings-alerts-empty" });
  const card = (name: string) => page.locator("form").filter({ has: page.getByLabel(name, { exact: true }) });
  const telegram = card("Токен бота");
  await telegram.getByLabel("Токен бота").fill(TOKEN);
  await telegram.getByLabel("ID чата").fill("наш чат");
  await telegram.getByLabel("Адрес Bot API").fill(receiver.url);
  await telegram.getByRole("button", { name: "Сохранить" }).click();
  await expect(telegram.getByLabel("ID чата")).toHaveAccessibleDescription(/-1001234567890/);
  await telegram.getByLabel("ID чата").fill("-100200300");
  await telegram.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText("Включено", { exact: true })).toBeVisible();

  receiver.always(answer(400, { body: { ok: false, description: "Bad Request: chat not found" } }));
  await telegram.getByRole("button", { name: "Отправить проверочное" }).click();
  await expect(telegram.getByRole("status")).toContainText("Telegram не находит этот чат");
  await expect(page.getByText("Не доходят с")).toBeVisible();
  await takeScreenshots({ page, name: "settings-alerts-fault" });
  receiver.always(answer(200, { body: { ok: true } }));
  await telegram.getByRole("button", { name: "Отправить проверочное" }).click();
  await expect(telegram.getByRole("status")).toContainText("Telegram принял сообщение");
  await expect(page.getByText("Не доходят с")).toHaveCount(0);
  expect(receiver.requests.at(-1)?.path).toBe(`/bot${TOKEN}/sendMessage`);

  const mail = card("Почтовый сервер");
  await mail.getByLabel("Почтовый сервер").fill("127.0.0.1");
  await mail.getByLabel("Порт").fill(port);
  await mail.getByLabel("Защита соединения").selectOption("auto");
  await mail.getByLabel("Пользователь").fill("alerts");
  await mail.locator('input[name="smtp_password"]').fill("wrong-password");
  await mail.getByLabel("От кого").fill("Вебхуки <hooks@example.com>");
  await mail.getByLabel("Кому").fill("anna@example.com, ops@example.com");
  await mail.getByRole("button", { name: "Сохранить" }).click();
  await mail.getByRole("button", { name: "Отправить проверочное" }).click();
  await expect(mail.getByRole("status")).toContainText("не принял имя и пароль");
  await mail.locator('input[name="smtp_password"]').fill(SMTP_USER.password);
  await mail.getByRole("button", { name: "Сохранить" }).click();
  await expect(mail.getByRole("button", { name: "Сохранить" })).toBeDisabled();
  await mail.getByRole("button", { name: "Отправить проверочное" }).click();
  await expect(mail.getByRole("status")).toContainText("Почтовый сервер принял письмо");
  expect(smtp.mails).toHaveLength(1);

  const rules = card("Ошибок подряд");
  await rules.getByLabel("Ошибок подряд").fill("3");
  await rules.getByRole("checkbox", { name: "вебхук недоступен" }).click();
  await rules.getByRole("button", { name: "Сохранить" }).click();
  await expect(rules.getByRole("button", { name: "Сохранить" })).toBeDisabled();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "settings-alerts" });
  await page.reload();
  await expect(rules.getByLabel("Ошибок подряд")).toHaveValue("3");
  expect(await page.content()).not.toMatch(/nobody-may-see/);

  await page.goto(`${product.url}/settings/audit`);
  const trail = page.getByRole("row").filter({ hasText: "Оповещения изменены" });
  await expect(trail).toHaveCount(4);
  await expect(trail.last()).toContainText("токен бота: задан");
  expect(await page.content()).not.toMatch(/nobody-may-see/);
  await takeScreenshots({ page, name: "settings-audit-alerts" });
  await speak({ page, product, locale: "en" });
  await page.goto(`${product.url}/settings/alerts`);
  await takeScreenshots({ page, name: "settings-alerts-en" });
  await smtp.close();

  const manager = await addUser({ product, role: "manager" });
  await page.context().clearCookies();
  await signIn({ page, product, user: manager });
  await page.goto(`${product.url}/settings/alerts`);
  await expect(page.getByText("Недостаточно прав")).toBeVisible();
});

test("an organization gets a name, which filters, orders and webhooks show from then on", async ({
  page,
  product,
  api,
  addWebhook,
  send,
}) => {
  await addWebhook({
    name: "Senler",
    filter_organization_ids: [`{${CENTRE.toUpperCase()}}`],
    filter_statuses: ["OnHold"],
  });
  const order = { organization_id: CENTRE, restaurant_name: "На Лесной", status: "OnHold" };
  const [eventId = ""] = await send(makeEvent({ order }));
  await signIn({ page, product });
  await page.goto(`${product.url}/settings/sources`);
  const names = page.getByRole("region", { name: "Названия" });
  const organization = names.getByRole("textbox", { name: `Название: ${CENTRE}` });
  await expect(organization).toHaveValue("На Лесной");
  await organization.fill("Лесная, 5");
  await names.getByRole("listitem").filter({ hasText: CENTRE }).getByRole("button").click();
  await expect(page.getByText("Название сохранено")).toBeVisible();
  await names.getByRole("textbox", { name: "Название: OnHold" }).fill("Отложен");
  await names.getByRole("listitem").filter({ hasText: "OnHold" }).getByRole("button").click();
  await expect(names.getByRole("listitem").filter({ hasText: "OnHold" }).getByRole("button")).toBeDisabled();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "settings-sources-names" });

  await page.goto(`${product.url}/orders/${eventId}`);
  await expect(page.getByText("Лесная, 5").first()).toBeVisible();
  await expect(page.getByText("Отложен").first()).toBeVisible();
  await takeScreenshots({ page, name: "order-named" });

  await page.goto(`${product.url}/webhooks/new`);
  await page.getByLabel("Название").first().fill("По названию");
  await page.getByLabel(/URL/).first().fill("https://crm.example/hook");
  await page.getByRole("checkbox", { name: "Лесная, 5" }).click();
  await expect(page.getByLabel("По Organization ID: JSON массив")).toHaveValue(`["${CENTRE}"]`);
  await page.getByRole("checkbox", { name: /Отложен/ }).click();
  // The count of what would be sent is pale until it is there.
  await expect(() => expectAccessible(page)).toPass();
  await takeScreenshots({ page, name: "form-organizations" });
  await page.getByRole("button", { name: "Сохранить" }).click();
  const filters = async () => {
    const webhooks = (await api.get("/outgoing-webhooks")).body as Record<string, unknown>[];
    return webhooks.find(({ name }) => name === "По названию");
  };
  await expect
    .poll(filters)
    .toMatchObject({ filter_organization_ids: [CENTRE], filter_statuses: ["OnHold"] });
});
