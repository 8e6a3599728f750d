import { expect, test } from "@playwright/test";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi, sendEvents } from "./support/api";
import { type Clock, makeClock } from "./support/clock";
import { figure, IS_SOAK } from "./support/figures";
import { arrivedIds, ordersOf } from "./support/order-lines";
import { ACCESS, type Product } from "./support/product";
import { makeStage, type Stage } from "./support/stage";
import { created } from "./support/test";

const ORDERS = 500;
const MINUTES_WAITED = 30;
const PATIENCE = { timeout: 120_000 };

// A check comes every 30 s: in short, and on both databases, with the check's own tests.
if (IS_SOAK) {
  let stage: Stage;
  let clock: Clock;
  let bot: Receiver;
  let receiver: Receiver;
  let product: Product | undefined;

  test.beforeEach(async () => {
    stage = await makeStage("PGlite");
    clock = await makeClock(stage.dataDir);
    [bot, receiver] = await Promise.all([startReceiver(), startReceiver()]);
    bot.always(answer(200, { body: { ok: true } }));
  });
  test.afterEach(async () => {
    await product?.kill();
    await bot?.close();
    await receiver?.close();
    await stage?.remove();
  });

  test("an outage of 500 orders makes one message as it begins and one as it ends, and orders that are given up are counted", async () => {
    test.setTimeout(600_000);
    product = await stage.start({
      ...clock.env,
      TELEGRAM_BOT_TOKEN: "123456:bot-token",
      TELEGRAM_CHAT_ID: "-100200300",
      TELEGRAM_API_URL: bot.url,
    });
    const api = createApi({ url: product.url, token: ACCESS.apiToken });
    receiver.always(answer(502));
    for (const name of ["CRM", "Кухня"]) {
      const webhook_url = `${receiver.url}/${name === "CRM" ? "crm" : "kitchen"}`;
      const fields = { retry_count: 0, give_up_after_minutes: MINUTES_WAITED };
      created(await api.post("/outgoing-webhooks", { name, webhook_url, ...fields }));
    }
    const events = ordersOf({ orders: ORDERS, events: 1 });
    expect((await sendEvents({ ...product, eventKey: ACCESS.eventKey, events })).status).toBe(200);
    await expect.poll(() => told("недоступен.").length, PATIENCE).toBe(2);
    for (const text of told("недоступен.")) expect(text).toContain(`Ждут ${ORDERS} заказов.`);

    // Of a webhook that comes and goes it is told every five minutes at most.
    await clock.set("+10m");
    receiver.always((response, request) => answer(request.path === "/crm" ? 200 : 502)(response, request));
    const delivered = () => arrivedIds(receiver.requests.filter(({ path }) => path === "/crm")).size;
    await expect.poll(() => told("снова работает.").length, PATIENCE).toBe(1);
    expect(delivered()).toBe(ORDERS);
    expect(told("снова работает.")[0]).toMatch(
      /«CRM» снова работает\.\nДоставлено: \d+, не доставлено: 0, ещё ждут: \d+\./,
    );

    await clock.set(`+${MINUTES_WAITED + 5}m`);
    await expect.poll(() => givenUp(), { ...PATIENCE, intervals: [500] }).toBe(ORDERS);
    expect(told("Не переданы заказы").every((text) => text.includes("Кухня"))).toBe(true);
    expect(told("недоступен.")).toHaveLength(2);
    figure(
      `${ORDERS} orders for two webhooks, one back after ten minutes, one given up after ${MINUTES_WAITED}: ` +
        `${bot.requests.length} messages (${told("Не переданы заказы").length} of orders that were given up)`,
    );
  });

  /** Each webhook's part of the messages that hold this. */
  function told(words: string): string[] {
    return bot.requests
      .flatMap(({ body }) => (JSON.parse(body).text as string).split("\n\n"))
      .filter((text) => text.includes(words));
  }

  function givenUp(): number {
    const counts = told("Не переданы заказы").map((text) => /Не переданы заказы: (\d+)/.exec(text)?.[1]);
    return counts.reduce((sum, count) => sum + Number(count), 0);
  }
}
