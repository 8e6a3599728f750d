import { answer } from "@/lib/outbound/testing/behaviours";
import { makeEvent } from "./support/orders";
import { expectAccessible, signIn, speak, takeScreenshots } from "./support/panel";
import { expect, test } from "./support/test";

test("shows how deliveries go, failing webhooks first, what waits, and the figures as tables", async ({
  page,
  product,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  await signIn({ page, product });
  await page.goto(`${product.url}/overview`);
  await expect(page.getByText("Пока нет ни одного вебхука")).toBeVisible();

  const fine = await addWebhook({ name: "Fine", send_on_order_updated: false });
  await send([makeEvent(), makeEvent(), makeEvent()]);
  await attemptsOf(fine, 3);
  receiver.always(answer(500));
  const failing = await addWebhook({
    name: "Failing",
    send_on_order_created: false,
    retry_delay_seconds: 300,
  });
  await send(makeEvent({ name: "order.updated" }));
  await attemptsOf(failing, 1);

  await page.goto(`${product.url}/overview?period=hour`);
  const figure = (label: string) =>
    page.locator("dl").first().locator("> div").filter({ hasText: label }).locator("dd");
  await expect(figure("Запросов")).toHaveText("4");
  await expect(figure("Успешно")).toHaveText(/^75\s%$/);
  await expect(figure("Ошибок")).toHaveText("1");
  await expect(figure("Ждут отправки")).toHaveText("1");
  await expect(page.getByText("Запросов: 4, из них с ошибкой: 1.")).toBeVisible();
  await page.getByText("Показать таблицей").first().click();
  const table = page.getByRole("table", { name: "Запросы" });
  await expect(table.getByRole("row")).toHaveCount(13);
  const health = page.getByRole("region", { name: "Вебхуки" }).getByRole("listitem");
  await expect(health.first()).toContainText("Failing");
  await expect(health.first()).toContainText("Сбой на стороне получателя (5xx)");
  await expect(health.first()).toContainText("ждёт 1 доставка");
  await health.first().getByRole("link", { name: "Смотреть ошибки: Failing" }).click();
  await expect(page).toHaveURL(new RegExp(`webhook=${failing.id}&period=hour&status=failed`));

  for (const name of ["Сутки", "Неделя"]) {
    await page.goto(`${product.url}/overview`);
    await page.getByRole("link", { name }).click();
    await expect(page.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    await expect(figure("Запросов")).toHaveText("4");
  }
  await page.goto(`${product.url}/overview?period=hour`);
  await expect(page.locator(".recharts-bar-rectangle").first()).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "overview" });
  await speak({ page, product, locale: "en" });
  await page.goto(`${product.url}/overview`);
  await expect(page.getByText("Waiting to be sent")).toBeVisible();
});
