import { expect, test } from "vitest";
import { ERROR_CODES } from "@/lib/outbound/explain-error";
import { type AlertChange, alertText, MAX_CHANGES } from "./alert-text";
import { givenUpText, MAX_WEBHOOKS, NAMED_ORDERS } from "./given-up-text";
import { ALERT_WORDS } from "./words/words";

const { period, whatWaits } = ALERT_WORDS.ru;
const language = "ru";

const FAILING: AlertChange = {
  name: "CRM Sync",
  state: "failing",
  consecutiveFailures: 7,
  lastHour: null,
  lastSuccessAt: new Date("2026-02-11T09:30:00Z"),
  errorCode: "http_401",
  downSince: null,
  giveUpAfterMinutes: 0,
  waiting: { deliveries: 0, orders: 0 },
  recovery: null,
};
const DOWN: AlertChange = {
  ...FAILING,
  state: "down",
  errorCode: "http_5xx",
  downSince: new Date("2026-02-11T09:31:00Z"),
  giveUpAfterMinutes: 30,
  waiting: { deliveries: 40, orders: 12 },
};

test("says of a failing webhook what fails, since when, why, what to do and where", () => {
  const { subject, text } = alertText({ language, changes: [FAILING], appUrl: "https://hooks.example" });
  expect(subject).toBe("❌ Вебхук «CRM Sync» не принимает заказы");
  expect(text).toContain("Неудачных запросов подряд: 7. Последний успешный: 11.02.2026, 12:30 (МСК).");
  expect(text).toContain("Причина: Получатель не узнал нас (401).");
  expect(text).toContain("Проверьте токен или пароль");
  expect(text).toContain("Подробности: https://hooks.example/webhooks");
});

test("says of a webhook of which too little succeeds how much does", () => {
  const { text } = alertText({
    language,
    changes: [{ ...FAILING, lastHour: { sent: 1_100, failed: 604 } }],
    appUrl: undefined,
  });
  expect(text).toContain("За последний час прошло 45 % запросов, не прошло 604 из 1\u00a0100.");
});

test("says that a webhook was switched off, and that one works again", () => {
  const changes: AlertChange[] = [
    { ...FAILING, state: "deactivated", errorCode: "gone" },
    { ...FAILING, name: "Senler\nVK", state: "ok", consecutiveFailures: 0 },
  ];
  const { subject, text } = alertText({ language, changes, appUrl: undefined });
  expect(subject).toBe("Изменилось состояние вебхуков: 2");
  expect(text).toContain("⛔ Вебхук «CRM Sync» выключен.\nПолучатель ответил 410");
  expect(text).toContain("✅ Вебхук «Senler VK» снова работает.");
  expect(text).toContain("Подробности: раздел «Исходящие вебхуки» в панели");
});

test("says of a webhook that is down since when, how many orders wait, until when, and why", () => {
  const { subject, text } = alertText({ language, changes: [DOWN], appUrl: undefined });
  expect(subject).toBe("🔌 Вебхук «CRM Sync» недоступен");
  expect(text).toContain("Недоступен с 11.02.2026, 12:31 (МСК). Ждут 12 заказов.");
  expect(text).toContain("Что прождёт дольше 30 мин, отправлено не будет.");
  expect(text).toContain("Причина: Сбой на стороне получателя (5xx).");
});

test("says of one that is up again what became of that which waited", () => {
  const up = { ...DOWN, state: "ok" as const, downSince: null, recovery: { delivered: 1_200, failed: 3 } };
  const { text } = alertText({ language, changes: [up], appUrl: undefined });
  expect(text).toContain("снова работает.\nДоставлено: 1\u00a0200, не доставлено: 3, ещё ждут: 40.");
});

test.each([
  [30, "30 мин"],
  [90, "90 мин"],
  [1440, "24 ч"],
  [10_080, "7 сут"],
])("%d minutes are %s", (minutes, words) => {
  expect(period(minutes)).toBe(words);
});

test.each([
  [1, "Ждёт 1 заказ"],
  [3, "Ждут 3 заказа"],
  [12, "Ждут 12 заказов"],
  [21, "Ждёт 21 заказ"],
  [null, "Ждут 5\u00a0003 доставки"],
])("%j orders of 5003 deliveries: %s", (orders, words) => {
  expect(whatWaits({ orders, deliveries: 5_003 })).toBe(words);
});

const GIVEN_UP = { webhook_id: 1, webhook_name: "Кухня", orders: 2, numbers: ["17", "18"], until: "" };

test("says of orders that were given up their numbers, and counts what is not named", () => {
  const { subject, text } = givenUpText({ language, rows: [GIVEN_UP], appUrl: undefined });
  expect(subject).toBe("⚠️ Не переданы заказы: 2");
  expect(text).toContain(
    "⚠️ Вебхук «Кухня» был недоступен слишком долго. Не переданы заказы: 2.\n№ 17, № 18.",
  );
  const many = givenUpText({ language, rows: [{ ...GIVEN_UP, orders: 25 }], appUrl: undefined });
  expect(many.text).toContain("№ 17, № 18 и ещё 23.");
});

test("a failure without a known code, and no success ever", () => {
  const change = { ...FAILING, errorCode: null, lastSuccessAt: null };
  const { text } = alertText({ language, changes: [change], appUrl: undefined });
  expect(text).toContain("Последний успешный: ещё не было.");
  expect(text).not.toContain("Причина");
});

test("says it in English too", () => {
  const appUrl = "https://hooks.example";
  const { subject, text } = alertText({ changes: [FAILING], appUrl, language: "en" });
  expect(subject).toBe("❌ Webhook “CRM Sync” takes no orders");
  expect(text).toContain("Failed requests in a row: 7. Last success: 11 Feb 2026, 12:30 (Moscow time).");
  const changes = [DOWN, { ...FAILING, state: "deactivated" as const }];
  const many = alertText({ changes, appUrl, language: "en" });
  expect(many.text).toContain("12 orders wait.");
  const givenUp = givenUpText({ rows: [{ ...GIVEN_UP, orders: 25 }], appUrl, language: "en" });
  expect(givenUp.text).toContain("No. 17, No. 18 and 23 more.");
  const all = [subject, text, many.subject, many.text, givenUp.subject, givenUp.text].join("\n");
  expect(all.replaceAll("Кухня", "")).not.toMatch(/\p{Script=Cyrillic}/u);
});

test("the longest message fits into Telegram's 4096 characters", () => {
  for (const errorCode of ERROR_CODES) {
    const changes = Array.from({ length: MAX_CHANGES }, () => ({
      ...FAILING,
      name: "Ж".repeat(200),
      consecutiveFailures: 2_000_000_000,
      errorCode,
    }));
    const { text } = alertText({ language, changes, appUrl: `https://${"long.".repeat(40)}example` });
    expect(text.length).toBeLessThan(4096);
    const down = changes.map((change) => ({
      ...DOWN,
      name: change.name,
      errorCode,
      giveUpAfterMinutes: 10_080,
    }));
    expect(
      alertText({ language, changes: down, appUrl: `https://${"long.".repeat(40)}example` }).text.length,
    ).toBeLessThan(4096);
  }
  const rows = Array.from({ length: MAX_WEBHOOKS }, () => ({
    ...GIVEN_UP,
    webhook_name: "Ж".repeat(255),
    orders: 2_000_000,
    numbers: Array.from({ length: NAMED_ORDERS }, () => "9".repeat(200)),
  }));
  expect(
    givenUpText({ language, rows, appUrl: `https://${"long.".repeat(40)}example` }).text.length,
  ).toBeLessThan(4096);
});
