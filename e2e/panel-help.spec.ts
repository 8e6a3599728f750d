import { expectAccessible, signIn, speak, takeScreenshots } from "./support/panel";
import { expect, test } from "./support/test";

test("explains everything in both languages, with receivers to copy", async ({ page, product }) => {
  await signIn({ page, product });
  await page.goto(`${product.url}/help`);
  await page.getByRole("link", { name: "Проверка подписи" }).click();
  await expect(page).toHaveURL(/#signature$/);
  for (const [language, word] of [
    ["PHP", "hash_equals"],
    ["Python", "compare_digest"],
    ["Node", "timingSafeEqual"],
  ] as const) {
    await page.getByRole("tab", { name: language }).click();
    await expect(page.getByRole("tabpanel")).toContainText(word);
  }
  await page.getByText("Вебхук не отправляется").click();
  await expect(page.getByText("Причин бывает пять")).toBeVisible();
  await expect(page.getByText(`${product.url}/e/EVENT_KEY`)).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "help" });
  await page.getByRole("link", { name: "Полное описание API" }).click();
  await expect(page).toHaveURL(/\/api\/docs/);

  await speak({ page, product, locale: "en" });
  await page.goto(`${product.url}/help`);
  await expect(page.getByRole("heading", { name: "Checking the signature" })).toBeVisible();
  for (const link of await page.locator("#content nav a").all()) {
    const id = (await link.getAttribute("href"))?.slice(1);
    await expect(page.locator(`section[id="${id}"]`)).toHaveCount(1);
  }
});
