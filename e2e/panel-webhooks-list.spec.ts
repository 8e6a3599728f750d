import { answer } from "@/lib/outbound/testing/behaviours";
import { makeEvent } from "./support/orders";
import { expectAccessible, signIn, takeScreenshots } from "./support/panel";
import { expect, test } from "./support/test";

const LONG =
  "Синхронизация заказов доставки с корпоративной CRM филиала на Большой Никитской для отдела контроля качества";

test("forty webhooks fit on two screens, those in trouble first, columns sort and every button is at hand", async ({
  page,
  product,
  addWebhook,
  receiver,
  send,
  attemptsOf,
}) => {
  test.slow();
  const works = await addWebhook({ name: "Аналитика", webhook_url: `${receiver.url}/works` });
  const away = { name: "Касса недоступна", retry_count: 0, give_up_after_minutes: 1440 };
  await addWebhook({ ...away, webhook_url: `${receiver.url}/away` });
  const failing = await addWebhook({ name: LONG, retry_count: 0, webhook_url: `${receiver.url}/fails` });
  await addWebhook({ name: "Telegram", give_up_after_minutes: 60, webhook_url: `${receiver.url}/busy` });
  await addWebhook({ name: "Выключен", is_active: false });
  for (let index = 1; index <= 35; index += 1) {
    await addWebhook({ name: `Касса ${index}`, send_on_order_created: false });
  }
  receiver.always((response, request) => {
    const { path } = request;
    if (path === "/away") return answer(502)(response, request);
    if (path === "/fails") return answer(400)(response, request);
    if (path === "/busy") return answer(429, { headers: { "retry-after": "600" } })(response, request);
    return answer(200)(response, request);
  });
  await send([makeEvent(), makeEvent()]);
  await attemptsOf(works, 2);
  await attemptsOf(failing, 2);
  await signIn({ page, product });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${product.url}/webhooks`);

  const rows = page.getByRole("article");
  await expect(rows).toHaveCount(40);
  const last = await rows.last().boundingBox();
  expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(2 * 900);
  const names = () => rows.getByRole("heading").allInnerTexts();
  expect((await names()).slice(0, 4)).toEqual(["Касса недоступна", LONG, "Telegram", "Касса 35"]);
  expect((await names()).at(-1)).toBe("Выключен");
  await expect(rows.first().getByText("Недоступен", { exact: true })).toBeVisible();
  await expect(rows.nth(1)).toContainText("Ошибки");
  await expect(rows.nth(2)).toContainText("Просит реже");
  await expect(rows.nth(3).getByText("✅ Активен")).toBeVisible();
  await expect(rows.last().getByText("⏸ Выключен")).toBeVisible();
  const buttons = ["🧪 Тестировать", "⏸ Выключить", "🗑️ Удалить", "Ещё"];
  for (const button of buttons) {
    await expect(rows.nth(3).getByRole("button", { name: `${button}: Касса 35` })).toBeVisible();
  }
  await expect(rows.nth(3).getByRole("link", { name: "✏️ Редактировать: Касса 35" })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "webhooks-forty" });

  await page.setViewportSize({ width: 1440, height: 900 });
  const sort = page.getByRole("navigation", { name: "Сортировка" });
  for (const [column, first, sorted] of [
    ["Вебхук", "Аналитика", "name"],
    ["Вебхук", "Telegram", "-name"],
    ["Успех", "Касса недоступна|Telegram|Синхронизация", "rate"],
    ["Последняя отправка", "Аналитика|Касса недоступна|Telegram|Синхронизация", "sent"],
    ["Ждут", "Касса недоступна|Telegram", "waiting"],
  ] as const) {
    await sort.getByRole("link", { name: column }).click();
    await expect(page).toHaveURL(new RegExp(`sort=${sorted}$`));
    await expect(rows.first().getByRole("heading")).toHaveText(new RegExp(first));
  }

  await rows.first().getByRole("button", { name: /^Ещё/ }).click();
  await page.getByRole("menuitem", { name: "Логи отправок" }).click();
  await expect(page).toHaveURL(/\/logs\?webhook=\d+/);
});
