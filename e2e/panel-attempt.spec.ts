import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { answer } from "@/lib/outbound/testing/behaviours";
import { makeEvent } from "./support/orders";
import { addUser, expectAccessible, signIn, speak, takeScreenshots } from "./support/panel";
import { expect, test } from "./support/test";

test("the answer stands above the fold, coloured, however large it is", async ({
  page,
  product,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  const items = Array.from({ length: 150 }, (_, id) => ({ id, ok: true }));
  receiver.always(answer(422, { body: { error: "no such client", items } }));
  const webhook = await addWebhook({ name: "CRM", retry_count: 0 });
  await send(makeEvent());
  const [attempt] = await attemptsOf(webhook, 1);
  await signIn({ page, product });
  for (const { width, height } of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize({ width, height });
    await page.goto(`${product.url}/logs/${attempt?.id}`);
    const body = page.getByRole("region", { name: "Ответ: Тело" });
    await expect(body.locator("span.text-info", { hasText: '"error"' })).toBeVisible();
    const box = await body.boundingBox();
    // Its first lines at least.
    expect(box?.y ?? height, `${width} px wide`).toBeLessThan(height - 160);
  }
  await expectAccessible(page);
  await takeScreenshots({ page, name: "attempt-answer" });
});

test("newer and older attempts are those of the filters, by link and by key, and the way back keeps them", async ({
  page,
  product,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  const crm = await addWebhook({ name: "CRM", retry_count: 0 });
  const other = await addWebhook({ name: "Other", retry_count: 0 });
  for (let count = 1; count <= 3; count += 1) {
    receiver.always(answer(count === 2 ? 200 : 500));
    await send(makeEvent());
    await attemptsOf(crm, count);
    await attemptsOf(other, count);
  }
  const [oldest, , newest] = await attemptsOf(crm, 3);
  await signIn({ page, product });
  await page.goto(`${product.url}/logs?webhook=${crm.id}&status=failed`);
  await page
    .getByRole("link", { name: /^CRM: Открыть отправку/ })
    .first()
    .click();
  await expect(page).toHaveURL(`${product.url}/logs/${newest?.id}?webhook=${crm.id}&status=failed`);
  await expect(page.getByRole("button", { name: "Новее" })).toBeDisabled();
  await page.getByRole("link", { name: "Старее" }).click();
  await expect(page).toHaveURL(`${product.url}/logs/${oldest?.id}?webhook=${crm.id}&status=failed`);
  await expect(page.getByRole("button", { name: "Старее" })).toBeDisabled();
  await page.keyboard.press("Alt+k");
  await expect(page).toHaveURL(new RegExp(`/logs/${newest?.id}\\?`));
  // The keys are those of the page that is shown.
  await expect(page.getByRole("button", { name: "Новее" })).toBeDisabled();
  await page.keyboard.press("Alt+j");
  await expect(page).toHaveURL(new RegExp(`/logs/${oldest?.id}\\?`));
  await page.getByRole("main").getByRole("link", { name: "Логи отправок", exact: true }).click();
  await expect(page.getByLabel("Вебхук", { exact: true })).toHaveValue(String(crm.id));
});

test("the log comes as a CSV file with its filters, for a viewer too, and no formula in it runs", async ({
  page,
  product,
  browser,
  addWebhook,
  send,
  receiver,
  attemptsOf,
}) => {
  receiver.always(answer(200, { body: "the receiver's own words" }));
  const formula = '=HYPERLINK("http://evil.example";"x")';
  const webhook = await addWebhook({ name: formula });
  const other = await addWebhook({ name: "Другой; вебхук", filter_statuses: ["Closed"] });
  await send(makeEvent({ order: { external_order_id: "@SUM(1+1)*cmd|' /C calc'!A0", status: "OnWay" } }));
  await send(makeEvent({ order: { external_order_id: "-1+1", status: "Closed" } }));
  await attemptsOf(webhook, 2);
  await attemptsOf(other, 1);
  await signIn({ page, product });
  const user = await addUser({ product, role: "viewer" });
  const context = await browser.newContext({ locale: "ru-RU", timezoneId: "Asia/Vladivostok" });
  const own = await context.newPage();
  await signIn({ page: own, product, user });
  await own.goto(`${product.url}/logs?webhook=${webhook.id}`);
  const text = await downloadedCsv(own, "Скачать CSV");
  expect(text.charCodeAt(0)).toBe(0xfeff);
  const lines = text.slice(1).trimEnd().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^Дата;Вебхук;ID вебхука;Заказ;/);
  expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+10:00;/);
  expect(lines[1]).toContain(`;"'=HYPERLINK(""http://evil.example"";""x"")";`);
  expect(lines[1]).toContain(";'-1+1;");
  expect(lines[2]).toContain(";'@SUM(1+1)*cmd|' /C calc'!A0;");
  expect(text).not.toContain("the receiver's own words");

  await speak({ page: own, product, locale: "en" });
  await own.goto(`${product.url}/logs`);
  const english = await downloadedCsv(own, "Download CSV");
  expect(english).toMatch(/^\uFEFFDate,Webhook,Webhook ID,/);
  expect(english).toContain('"Другой; вебхук"');
  await context.close();
  expect((await fetch(`${product.url}/logs/csv`)).status).toBe(401);
});

async function downloadedCsv(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^webhook-log-\d{4}-\d\d-\d\d\.csv$/);
  return readFile(await download.path(), "utf8");
}
