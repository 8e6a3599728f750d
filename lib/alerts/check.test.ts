import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { saveFlow } from "@/db/queries/flows";
import {
  deliveries,
  orderEvents,
  outgoingWebhookLogs,
  outgoingWebhooks,
  webhookAlerts,
  webhookStats,
} from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { FREE_FLOW } from "@/db/testing/free-flow";
import { parseEnv } from "@/lib/env";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { uuid7 } from "@/lib/uuid";
import { type AlertChannel, alertChannels } from "./channels";
import { checkAlerts } from "./check";
import { SMTP_USER, startSmtpServer, type TestSmtpServer } from "./testing/smtp-server";

const BOT_TOKEN = "123456:bot-token-nobody-may-see";
const HOUR_MS = 60 * 60 * 1000;
let database: TestDatabase;
let smtp: TestSmtpServer;
let bot: Receiver;
let channels: AlertChannel[];
let now: Date;

beforeAll(async () => {
  database = await openTestDatabase();
  [smtp, bot] = await Promise.all([startSmtpServer(), startReceiver()]);
  channels = alertChannels(settings());
});
beforeEach(async () => {
  await database.empty();
  smtp.mails.length = 0;
  smtp.refuse(null);
  bot.requests.length = 0;
  bot.always(answer(200, { body: { ok: true } }));
  now = new Date();
});
afterAll(async () => {
  await Promise.all([smtp.close(), bot.close(), database.close()]);
});

function settings(changes: Record<string, string> = {}) {
  return parseEnv({
    SMTP_URL: smtp.url,
    ALERT_EMAIL_FROM: "Вебхуки <hooks@example.com>",
    ALERT_EMAIL_TO: "anna@example.com, ops@example.com",
    TELEGRAM_BOT_TOKEN: BOT_TOKEN,
    TELEGRAM_CHAT_ID: "-100200300",
    TELEGRAM_API_URL: bot.url,
    ...changes,
  });
}

/** The next check, an hour after the one before. */
function check(given = channels): Promise<number> {
  now = new Date(now.getTime() + HOUR_MS);
  return checkAlerts({ channels: given, now });
}

async function addWebhook(name: string): Promise<number> {
  const values = { name, webhook_url: "https://crm.example" };
  const [webhook] = await db().insert(outgoingWebhooks).values(values).returning();
  const webhookId = webhook?.id ?? 0;
  await db().insert(webhookStats).values({ webhook_id: webhookId });
  return webhookId;
}

async function setFailures(webhookId: number, consecutive_failures: number): Promise<void> {
  await db()
    .update(webhookStats)
    .set({ consecutive_failures, last_sent_at: now })
    .where(eq(webhookStats.webhook_id, webhookId));
}

async function logFailure(webhookId: number, errorCode: string): Promise<void> {
  await db().insert(outgoingWebhookLogs).values({
    webhook_id: webhookId,
    event_type: "order.updated",
    attempt_number: 1,
    request_url: "https://crm.example",
    request_headers: {},
    duration_ms: 5,
    success: false,
    error_code: errorCode,
  });
}

function telegrams(): { chat_id: string; text: string }[] {
  return bot.requests.map(({ body }) => JSON.parse(body));
}

function mailText(index: number): string {
  const raw = smtp.mails[index]?.raw ?? "";
  return Buffer.from(raw.split("\r\n\r\n").slice(1).join(""), "base64").toString("utf8");
}

test("tells by mail and Telegram, once, that a webhook fails and that it recovered", async () => {
  const webhookId = await addWebhook("CRM Sync");
  expect(await check()).toBe(0);
  await logFailure(webhookId, "http_5xx");
  await setFailures(webhookId, 5);
  expect(await check()).toBe(2);
  await setFailures(webhookId, 50);
  expect(await check()).toBe(0);

  expect(smtp.mails).toHaveLength(1);
  expect(smtp.mails[0]).toMatchObject({
    from: "hooks@example.com",
    to: ["anna@example.com", "ops@example.com"],
  });
  expect(mailText(0)).toContain("❌ Вебхук «CRM Sync» не принимает заказы.");
  expect(mailText(0)).toContain("Причина: Сбой на стороне получателя (5xx).");
  expect(bot.requests[0]?.path).toBe(`/bot${BOT_TOKEN}/sendMessage`);
  expect(telegrams()).toEqual([
    expect.objectContaining({ chat_id: "-100200300", text: mailText(0).replaceAll("\r\n", "\n") }),
  ]);

  await setFailures(webhookId, 0);
  expect(await check()).toBe(2);
  expect(mailText(1)).toContain("✅ Вебхук «CRM Sync» снова работает.");
  expect(telegrams()).toHaveLength(2);
});

test("tells that the product switched a webhook off", async () => {
  const webhookId = await addWebhook("Senler VK");
  await db()
    .update(outgoingWebhooks)
    .set({ is_active: false, deactivated_reason: "The receiver answered 410 Gone." })
    .where(eq(outgoingWebhooks.id, webhookId));
  expect(await check()).toBe(2);
  expect(await check()).toBe(0);
  expect(telegrams()[0]?.text).toContain("⛔ Вебхук «Senler VK» выключен.");
});

const DOWN = {
  ...FREE_FLOW,
  down_reason: { code: "fault_reset_waiting", at: "x" },
  probes: 1,
  next_probe_at: Date.now() + 60_000,
};

/** Orders of a webhook, as deliveries in a state. Their numbers count from `from`. */
async function addOrders(
  webhookId: number,
  { count, from = 1, ...fields }: { count: number; from?: number } & Partial<typeof deliveries.$inferInsert>,
): Promise<void> {
  for (let number = from; number < from + count; number += 1) {
    const id = uuid7();
    const order = { order_id: number, readable_number: `${number}` };
    await db()
      .insert(orderEvents)
      .values({ id, name: "order.created", data: "{}", state: "accepted", ...order });
    await db()
      .insert(deliveries)
      .values({ id, event_id: id, webhook_id: webhookId, body: "{}", ...fields });
  }
}

test("tells that a webhook is down and what waits, and of its return what became of that", async () => {
  const webhookId = await addWebhook("CRM");
  await addOrders(webhookId, { count: 12 });
  await logFailure(webhookId, "http_5xx");
  await setFailures(webhookId, 4);
  await saveFlow(db(), { webhookId, flow: { ...DOWN, down_since: Date.parse("2026-02-11T09:31:00Z") } });
  now = new Date(Date.now() - 2 * HOUR_MS);
  expect(await check()).toBe(2);
  await setFailures(webhookId, 900);
  expect(await check()).toBe(0);
  expect(telegrams()[0]?.text).toContain(
    "🔌 Вебхук «CRM» недоступен.\nНедоступен с 11.02.2026, 12:31 (МСК). Ждут 12 заказов.",
  );

  await saveFlow(db(), { webhookId, flow: null });
  await setFailures(webhookId, 0);
  for (const success of [true, true, false]) {
    await db().insert(outgoingWebhookLogs).values({
      webhook_id: webhookId,
      event_type: "order.created",
      attempt_number: 1,
      request_url: "x",
      request_headers: {},
      duration_ms: 5,
      success,
    });
  }
  await addOrders(webhookId, {
    count: 1,
    from: 90,
    state: "failed",
    refusal: { code: "gone_so_off" },
    finished_at: new Date(),
  });
  expect(await check()).toBe(2);
  expect(mailText(1).replaceAll("\r\n", "\n")).toContain(
    "✅ Вебхук «CRM» снова работает.\nДоставлено: 2, не доставлено: 1, ещё ждут: 12.",
  );
});

test("tells of orders that were given up by their numbers, together and once", async () => {
  const webhookId = await addWebhook("Кухня");
  const refusal = { code: "given_up_fault", minutes: 30, fault: "x" };
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  await addOrders(webhookId, { count: 25, from: 101, state: "failed", refusal, finished_at: minutesAgo(3) });
  await addOrders(webhookId, {
    count: 3,
    from: 500,
    state: "failed",
    refusal: { code: "gone_so_off" },
    finished_at: minutesAgo(3),
  });
  expect(await check()).toBe(2);
  expect(await check()).toBe(0);
  expect(telegrams()).toHaveLength(1);
  const numbers = Array.from({ length: 20 }, (_, index) => `№ ${101 + index}`).join(", ");
  expect(telegrams()[0]?.text).toContain(`Не переданы заказы: 25.\n${numbers} и ещё 5.`);

  // What is given up next waits until the last message is five minutes old.
  await addOrders(webhookId, { count: 1, from: 700, state: "failed", refusal, finished_at: minutesAgo(-1) });
  expect(await check()).toBe(0);
  await rows(
    sql`update webhook_alerts set given_up_told_until = given_up_told_until - interval '10 minutes'`,
  );
  await rows(sql`update deliveries set finished_at = finished_at - interval '20 minutes'`);
  expect(await check()).toBe(0);
  await rows(
    sql`update deliveries set finished_at = now() - interval '1 minute' where finished_at > now() - interval '20 minutes'`,
  );
  expect(await check()).toBe(2);
  expect(telegrams()[1]?.text).toContain("Не переданы заказы: 1.\n№ 700.");
});

test("orders that were given up are told again when a channel did not take them, and to no one twice", async () => {
  const webhookId = await addWebhook("Кухня");
  const finishedAt = new Date(Date.now() - 60_000);
  await addOrders(webhookId, {
    count: 1,
    state: "failed",
    refusal: { code: "given_up", minutes: 30 },
    finished_at: finishedAt,
  });
  bot.always(answer(502));
  expect(await check()).toBe(1);
  bot.always(answer(200, { body: { ok: true } }));
  expect(await check()).toBe(1);
  expect(await check()).toBe(0);
  expect(smtp.mails).toHaveLength(1);
  // It says nothing of the webhook's state.
  await setFailures(webhookId, 5);
  expect(await check()).toBe(2);
});

test("a channel that fails gets its alert at a later check, and the other is not told twice", async () => {
  await setFailures(await addWebhook("CRM"), 9);
  bot.always(answer(502, { body: "<html>bad gateway</html>" }));
  expect(await check()).toBe(1);
  smtp.refuse("mailbox full");
  expect(await check()).toBe(0);
  expect(smtp.mails).toHaveLength(1);
  bot.always(answer(200, { body: { ok: true } }));
  expect(await check()).toBe(1);
  expect(await check()).toBe(0);
  expect(smtp.mails).toHaveLength(1);
});

test("a mail that is refused is sent again", async () => {
  await setFailures(await addWebhook("CRM"), 9);
  smtp.refuse("try again later");
  expect(await check()).toBe(1);
  smtp.refuse(null);
  expect(await check()).toBe(1);
  expect(smtp.mails).toHaveLength(1);
});

test("many webhooks at once share messages", async () => {
  for (let index = 1; index <= 12; index += 1) await setFailures(await addWebhook(`Webhook ${index}`), 5);
  expect(await check()).toBe(24);
  expect(smtp.mails).toHaveLength(3);
  expect(telegrams().map(({ text }) => text.match(/«Webhook \d+»/g)?.length)).toEqual([5, 5, 2]);
});

test("a webhook that is deleted takes with it what was told of it", async () => {
  const webhookId = await addWebhook("CRM");
  await setFailures(webhookId, 5);
  await check();
  await db().delete(outgoingWebhooks).where(eq(outgoingWebhooks.id, webhookId));
  expect(await db().select().from(webhookAlerts)).toEqual([]);
});

test("what goes wrong is told without the password and the token", async () => {
  const wrong = settings({ SMTP_URL: smtp.url.replace(SMTP_USER.password, "wrong-password-nobody-may-see") });
  const [email, telegram] = alertChannels(wrong);
  const alert = { subject: "test", text: "test" };
  await expect(email?.send(alert)).rejects.toThrow(/no user with password \*\*\*/);
  bot.always(answer(401, { body: { ok: false, description: `Unauthorized: ${BOT_TOKEN}` } }));
  await expect(telegram?.send(alert)).rejects.toThrow("Telegram answered 401: Unauthorized: ***");
});

test("no channel is set up by default, and half a channel is refused at start", () => {
  expect(alertChannels(parseEnv({}))).toEqual([]);
  expect(() => parseEnv({ SMTP_URL: "smtp://mail.example" })).toThrow(
    /ALERT_EMAIL_FROM[\s\S]*ALERT_EMAIL_TO/,
  );
  expect(() => parseEnv({ TELEGRAM_BOT_TOKEN: "1:x" })).toThrow(/TELEGRAM_CHAT_ID/);
});
