import type { AlertState } from "@/lib/alerts/alert-state";
import FAULTS from "@/lib/i18n/messages/ru/faults.json";
import { ERROR_CODES } from "@/lib/outbound/explain-error";

/** A webhook whose state changed, with what a person wants to know of it. */
export type AlertChange = {
  name: string;
  state: AlertState;
  consecutiveFailures: number;
  lastSuccessAt: Date | null;
  /** Of its last failed request, as lib/deliveries/explain-error names it. */
  errorCode: string | null;
};

export type AlertText = { subject: string; text: string };

/** What Telegram takes as one message (4096 characters) holds at least this many changes. */
export const MAX_CHANGES = 5;

/** One message in Russian about up to MAX_CHANGES webhooks; plain text. `appUrl` is where the panel is, if known. */
export function alertText({
  changes,
  appUrl,
}: {
  changes: AlertChange[];
  appUrl: string | undefined;
}): AlertText {
  const [first] = changes;
  const link = appUrl ? new URL("/webhooks", appUrl).href : "раздел «Исходящие вебхуки» в панели";
  const isOne = first !== undefined && changes.length === 1;
  return {
    subject: isOne ? headline(first) : `Изменилось состояние вебхуков: ${changes.length}`,
    text: `${changes.map(paragraph).join("\n\n")}\n\nПодробности: ${link}\n`,
  };
}

const SIGNS: Record<AlertState, string> = { ok: "✅", failing: "❌", deactivated: "⛔" };
const VERBS: Record<AlertState, string> = {
  ok: "снова работает",
  failing: "не принимает заказы",
  deactivated: "отключён",
};

function headline({ name, state }: AlertChange): string {
  // A name may hold line breaks, which have no place in a subject.
  return `${SIGNS[state]} Вебхук «${name.replace(/\s+/g, " ")}» ${VERBS[state]}`;
}

function paragraph(change: AlertChange): string {
  return [`${headline(change)}.`, ...DETAILS[change.state](change)].join("\n");
}

const DETAILS: Record<AlertState, (change: AlertChange) => string[]> = {
  ok: () => ["Последний запрос прошёл. То, что не дошло раньше, можно отправить повторно из журнала."],
  failing: (change) => [
    `Неудачных запросов подряд: ${change.consecutiveFailures}. Последний успешный: ${moscowTime(change.lastSuccessAt)}.`,
    ...reason(change),
  ],
  deactivated: () => [
    "Получатель ответил 410: он больше не принимает вебхуки. То, что ожидало отправки, отменено.",
    FAULTS.gone.whatToDo,
  ],
};

function reason({ errorCode }: AlertChange): string[] {
  const code = ERROR_CODES.find((known) => known === errorCode);
  if (!code) return [];
  const { title, whatToDo } = FAULTS[code];
  return [`Причина: ${title}.`, whatToDo];
}

function moscowTime(time: Date | null): string {
  if (time === null) return "ещё не было";
  const format = { dateStyle: "short", timeStyle: "short", timeZone: "Europe/Moscow" } as const;
  return `${new Intl.DateTimeFormat("ru-RU", format).format(time)} (МСК)`;
}
