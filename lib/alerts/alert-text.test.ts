import { expect, test } from "vitest";
import { ERROR_CODES } from "@/lib/outbound/explain-error";
import { type AlertChange, alertText, MAX_CHANGES } from "./alert-text";

const FAILING: AlertChange = {
  name: "CRM Sync",
  state: "failing",
  consecutiveFailures: 7,
  lastSuccessAt: new Date("2026-02-11T09:30:00Z"),
  errorCode: "http_401",
};

test("says of a failing webhook what fails, since when, why, what to do and where", () => {
  const { subject, text } = alertText({ changes: [FAILING], appUrl: "https://hooks.example" });
  expect(subject).toBe("❌ Вебхук «CRM Sync» не принимает заказы");
  expect(text).toContain("Неудачных запросов подряд: 7. Последний успешный: 11.02.2026, 12:30 (МСК).");
  expect(text).toContain("Причина: Получатель не узнал нас (401).");
  expect(text).toContain("Проверьте токен или пароль");
  expect(text).toContain("Подробности: https://hooks.example/webhooks");
});

test("says that a webhook was switched off, and that one works again", () => {
  const changes: AlertChange[] = [
    { ...FAILING, state: "deactivated", errorCode: "gone" },
    { ...FAILING, name: "Senler\nVK", state: "ok", consecutiveFailures: 0 },
  ];
  const { subject, text } = alertText({ changes, appUrl: undefined });
  expect(subject).toBe("Изменилось состояние вебхуков: 2");
  expect(text).toContain("⛔ Вебхук «CRM Sync» отключён.\nПолучатель ответил 410");
  expect(text).toContain("✅ Вебхук «Senler VK» снова работает.");
  expect(text).toContain("Подробности: раздел «Исходящие вебхуки» в панели");
});

test("a failure without a known code, and no success ever", () => {
  const change = { ...FAILING, errorCode: null, lastSuccessAt: null };
  const { text } = alertText({ changes: [change], appUrl: undefined });
  expect(text).toContain("Последний успешный: ещё не было.");
  expect(text).not.toContain("Причина");
});

test("the longest message fits into Telegram's 4096 characters", () => {
  for (const errorCode of ERROR_CODES) {
    const changes = Array.from({ length: MAX_CHANGES }, () => ({
      ...FAILING,
      name: "Ж".repeat(200),
      consecutiveFailures: 2_000_000_000,
      errorCode,
    }));
    const { text } = alertText({ changes, appUrl: `https://${"long.".repeat(40)}example` });
    expect(text.length).toBeLessThan(4096);
  }
});
