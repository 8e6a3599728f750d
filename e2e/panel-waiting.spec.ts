import { answer } from "@/lib/outbound/testing/behaviours";
import { makeEvent } from "./support/orders";
import { expectAccessible, signIn, speak, takeScreenshots } from "./support/panel";
import { expect, type Json, test } from "./support/test";

const OUTLASTING = { name: "CRM", retry_count: 0, give_up_after_minutes: 1440 };

test("a webhook that is down says since when, why, what waits and what can be done, and comes up when checked", async ({
  page,
  product,
  api,
  addWebhook,
  send,
  receiver,
}) => {
  test.slow();
  const webhook = await addWebhook(OUTLASTING);
  await send(makeEvent());
  await receiver.waitFor(1);
  receiver.always(answer(500));
  const created = makeEvent();
  const updated = { ...created, id: `${created.id}-2`, name: "order.updated" };
  await send([created, updated, makeEvent()]);
  await signIn({ page, product });

  await page.goto(`${product.url}/webhooks/${webhook.id}`);
  const main = page.locator("#content");
  await expect(main.getByText(/^Недоступен с/)).toBeVisible();
  await expect(main).toContainText("Сбой на стороне получателя (5xx)");
  await expect(main).toContainText("Ждут 2 заказа.");
  await expect(main).toContainText(/Следующая проверка через \d+ с|Проверяем сейчас/);
  await expect(main).toContainText("Когда получатель ответит, всё уйдёт само, примерно за 1 с.");
  await expect(main).toContainText("Что прождёт дольше 24 ч, отправлено не будет.");
  await expectAccessible(page);
  await takeScreenshots({ page, name: "webhook-down" });

  await page.goto(`${product.url}/webhooks`);
  const card = page.getByRole("article", { name: "CRM" });
  await expect(card.getByText("Недоступен", { exact: true })).toBeVisible();
  await card.getByRole("button", { name: "Ещё: CRM" }).click();
  await expect(page.getByRole("menuitem", { name: "Отправить ждущие сейчас" })).toBeVisible();
  await page.keyboard.press("Escape");
  await takeScreenshots({ page, name: "webhooks-down" });
  await page.goto(`${product.url}/overview?period=hour`);
  await expect(page.getByRole("region", { name: "Вебхуки" })).toContainText("Ждут 2 заказа.");
  await takeScreenshots({ page, name: "overview-down" });

  await page.goto(`${product.url}/orders/${encodeURIComponent(updated.id)}`);
  await expect(page.getByText("Ждёт: сначала order.created того же заказа")).toBeVisible();
  await expect(page.getByText(/^Ждёт: вебхук недоступен с/)).toBeVisible();
  await takeScreenshots({ page, name: "order-waiting" });
  const { decisions } = (await api.get(`/order-events/${updated.id}`)).body as {
    decisions: { deliveries: Json[] }[];
  };
  expect(decisions[0]?.deliveries[0]?.waits_for).toBe("waits behind order.created of the same order");

  await speak({ page, product, locale: "en" });
  await page.goto(`${product.url}/webhooks/${webhook.id}`);
  await expect(page.getByText(/^Down since/)).toBeVisible();
  receiver.always(answer(200));
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByText("“CRM” is being checked")).toBeVisible();
  await receiver.waitFor(1 + 3);
  await expect(page.getByText(/^Down since/)).toBeHidden({ timeout: 60_000 });
});

test("what waits is cancelled after a question that counts it, and a paused webhook says until when", async ({
  page,
  product,
  addWebhook,
  send,
  receiver,
}) => {
  test.slow();
  receiver.always(answer(500));
  const webhook = await addWebhook(OUTLASTING);
  await send([makeEvent(), makeEvent()]);
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks/${webhook.id}`);
  await page.getByRole("button", { name: "Отменить ждущие" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("2 доставки вебхука «CRM» не уйдут");
  await page.getByRole("button", { name: "Отменить доставки" }).click();
  await expect(page.getByText("2 доставки отменены")).toBeVisible();
  await expect(page.getByText("Пока ничего не ждёт.")).toBeVisible();

  receiver.always(answer(429, { headers: { "retry-after": "600" } }));
  const paused = await addWebhook({ name: "Telegram", give_up_after_minutes: 0 });
  await send(makeEvent());
  await page.goto(`${product.url}/webhooks/${paused.id}`);
  await expect(page.getByText(/^Получатель попросил слать реже: пауза до/)).toBeVisible({ timeout: 60_000 });
  await takeScreenshots({ page, name: "webhook-paused" });
});
