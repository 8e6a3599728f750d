import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { type Api, createApi, sendEvents } from "./support/api";
import { DATABASES } from "./support/database";
import { IS_SOAK } from "./support/figures";
import { makeEvent } from "./support/orders";
import { expectAccessible, signIn, takeScreenshots } from "./support/panel";
import { ACCESS, type Product } from "./support/product";
import { makeStage, type Stage } from "./support/stage";
import { test as base, created, expect, type Json } from "./support/test";

const HELD = 20;
const NEW = 5;

// Postgres in the soak: what is held there is proved in lib/webhooks.
for (const name of IS_SOAK ? DATABASES : DATABASES.slice(0, 1)) {
  base.describe(name, () => {
    let stage: Stage;
    let product: Product;
    let receiver: Receiver;
    let api: Api;

    base.beforeEach(async () => {
      stage = await makeStage(name);
      receiver = await startReceiver();
      await start();
    });
    base.afterEach(async () => {
      await product?.kill();
      await receiver?.close();
      await stage?.remove();
    });

    base(
      "⏸ asks about the 20 deliveries that wait and holds them, kill -9 while they are held loses none, and ▶️ sends them and 5 new ones",
      async ({ page }) => {
        base.slow();
        receiver.always(answer(500));
        const id = await addWebhook();
        await send(1, HELD);
        await receiver.waitFor(HELD);
        await signIn({ page, product });
        await page.goto(`${product.url}/webhooks`);
        await page.getByRole("button", { name: "⏸ Выключить: Касса" }).click();
        const dialog = page.getByRole("dialog");
        await expect(dialog.getByText(`Сейчас ждут отправки ${HELD} доставок.`)).toBeVisible();
        await expect(dialog.getByRole("radio", { name: "Придержать заказы" })).toBeChecked();
        await dialog.getByLabel("Причина (необязательно)").fill("Обновление кассы");
        await dialog.getByLabel("Включить обратно").selectOption("Через 4 часа");
        await expectAccessible(page);
        await takeScreenshots({ page, name: "webhook-pause-dialog" });
        await dialog.getByRole("button", { name: "⏸ Поставить на паузу" }).click();
        const row = page.getByRole("article", { name: "Касса" });
        await expect(row.getByText("⏸ На паузе")).toBeVisible();
        await expect(row).toContainText("Обновление кассы");
        expect((await api.get(`/outgoing-webhooks/${id}`)).body).toMatchObject({ is_active: false });

        receiver.always(answer(200));
        await send(HELD + 1, NEW);
        await product.kill();
        await start();
        const { decisions } = (await api.get(`/order-events/${eventId(HELD + NEW)}`)).body as {
          decisions: { deliveries: Json[] }[];
        };
        expect(decisions[0]?.deliveries[0]?.waits_for).toMatch(/^waits while the webhook is paused until 20/);
        await page.goto(`${product.url}/orders/${eventId(1)}`);
        await expect(page.getByText(/^Ждёт, пока вебхук на паузе: до/)).toBeVisible();
        await page.goto(`${product.url}/webhooks/${id}`);
        const main = page.locator("#content");
        await expect(main).toContainText("Ждут 25 заказов.");
        await expect(main).toContainText("Обновление кассы");
        await expectAccessible(page);
        await takeScreenshots({ page, name: "webhook-held" });
        expect(receiver.requests).toHaveLength(HELD);

        await page.getByRole("button", { name: "▶️ Включить: Касса" }).click();
        await expect(page.getByText("«Касса» включён: что ждало, уходит")).toBeVisible();
        await receiver.waitFor(HELD + HELD + NEW);
        const numbers = receiver.requests
          .slice(HELD)
          .map(({ body }) => Number(JSON.parse(body).readableNumber));
        expect(numbers[0]).toBe(1);
        expect([...numbers].sort((a, b) => a - b)).toEqual(
          Array.from({ length: HELD + NEW }, (_, n) => n + 1),
        );
      },
    );

    base(
      "⏸ pauses at once where nothing waits, its reason can be added, and a pause can cancel what waits",
      async ({ page }) => {
        base.slow();
        const id = await addWebhook();
        await signIn({ page, product });
        await page.goto(`${product.url}/webhooks/${id}`);
        await page.getByRole("button", { name: "⏸ Выключить: Касса" }).click();
        await expect(page.getByText("«Касса» на паузе: заказы дождутся ▶️")).toBeVisible();
        await page.getByRole("button", { name: "Причина и срок" }).click();
        const dialog = page.getByRole("dialog");
        await expect(dialog.getByText("Сейчас ничего не ждёт отправки.")).toBeVisible();
        await dialog.getByLabel("Включить обратно").selectOption("В указанное время");
        await dialog.getByLabel("Когда").fill("2020-01-01T10:00");
        await dialog.getByRole("button", { name: "⏸ Поставить на паузу" }).click();
        await expect(dialog).toContainText("Пауза заканчивается в будущем");
        await dialog.getByLabel("Включить обратно").selectOption("Вручную, кнопкой ▶️");
        await dialog.getByLabel("Причина (необязательно)").fill("Ремонт");
        await dialog.getByRole("button", { name: "⏸ Поставить на паузу" }).click();
        await expect(page.locator("#content")).toContainText("Ремонт");

        await send(1, 2);
        await expect(page.locator("#content")).toContainText("Ждут 2 заказа.", { timeout: 60_000 });
        await page.getByRole("button", { name: "Ещё: Касса" }).click();
        await page.getByRole("menuitem", { name: "Пауза: причина и срок" }).click();
        await dialog.getByRole("radio", { name: "Отменить ждущие" }).click();
        await dialog.getByRole("button", { name: "⏸ Отменить ждущие и выключить" }).click();
        await expect(page.getByText("«Касса» выключен, 2 доставки отменены")).toBeVisible();
        await expect(page.locator("#content").getByText("⏸ Выключен")).toBeVisible();
        await page.getByRole("button", { name: "▶️ Включить: Касса" }).click();
        await expect(page.locator("#content").getByText("✅ Активен")).toBeVisible();
        await send(3, 1);
        await receiver.waitFor(1);
        expect(receiver.requests.map(({ body }) => JSON.parse(body).readableNumber)).toEqual(["3"]);
      },
    );

    async function start(): Promise<void> {
      product = await stage.start();
      api = createApi({ url: product.url, token: ACCESS.apiToken });
    }

    async function addWebhook(): Promise<number> {
      const fields = { name: "Касса", webhook_url: `${receiver.url}/hook` };
      const retry = { retry_count: 5, retry_delay_seconds: 300 };
      return created(await api.post("/outgoing-webhooks", { ...fields, ...retry })).id;
    }

    async function send(from: number, count: number): Promise<void> {
      const events = Array.from({ length: count }, (_, index) => {
        const number = from + index;
        return { ...makeEvent({ order: { id: number, readable_number: `${number}` } }), id: eventId(number) };
      });
      const answered = await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events });
      expect(answered).toMatchObject({ status: 200 });
    }
  });
}

function eventId(number: number): string {
  return `held-${number}`;
}
